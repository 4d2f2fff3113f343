using Digitizer.PageWorkers;
using Digitizer.Worker.Commands;

// The child side skips the command-line parser: it starts once a core, and again after every failure.
return args is ["page-worker", .. var rest] ? PageWorkerMain.Run(rest) : await CommandLine.RunAsync(args);
