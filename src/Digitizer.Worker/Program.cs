using Digitizer.PageWorkers;
using Digitizer.Worker.Commands;

// The child side skips the command-line parser: it starts once a core, and again after every failure.
if (args is ["page-worker", "--help" or "-h", ..])
{
    Console.Out.WriteLine("digitizer page-worker MODEL FOLDER: internal; reads pages for its parent over standard input and output, as in 'digitizer process letter.jpg'.");
    return ExitCode.Done;
}

return args is ["page-worker", .. var rest] ? PageWorkerMain.Run(rest) : await CommandLine.RunAsync(args);
