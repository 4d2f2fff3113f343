using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Digitizer.Failures;
using Digitizer.Workspace;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer demo --serve</c>: a service with one drop folder, and the sample dossier system that it files in.</summary>
/// <param name="samples">The folder of samples.</param>
internal sealed class DemoService(string samples)
{
    private const string Root = "./out/demo-serve";
    private const string Address = "http://127.0.0.1:5080/";

    // Of a form that is never issued.
    private const string Dossier = "000.00.00.H27-260310-0001";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static string DropFolder => Path.GetFullPath(Path.Combine(Root, "drop"));

    /// <summary>Runs both until Ctrl-C.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="DigitizerException">The dossier system does not start.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var inbox = Path.Combine(DropFolder, Dossier);
        AtomicFile.CreateFolder(inbox);
        var configuration = Path.Combine(Root, "digitizer.json");
        AtomicFile.Write(configuration, Existing.Replace, stream => stream.Write(Configuration()));
        var program = Path.GetFullPath(Path.Combine(samples, "dossier-server", "bin", "Release", "net10.0", "DossierServer.dll"));
        string[] arguments = [program, "--Data", Path.GetFullPath(Path.Combine(Root, "dossiers"))];
        using var dossiers = Start(program, arguments);
        try
        {
            await ReadyAsync(dossiers, cancellation);
            Say(inbox, dossiers, arguments);
            using (var letter = File.OpenRead(Path.Combine(samples, "cong-van.jpg")))
            {
                AtomicFile.Write(Path.Combine(inbox, "cong-van.jpg"), Existing.Replace, letter.CopyTo);
            }

            return await ServeCommand.RunAsync(configuration, null, cancellation);
        }
        finally
        {
            dossiers.Kill();
        }
    }

    private static byte[] Configuration() => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            Service = new
            {
                State = Path.GetFullPath(Path.Combine(Root, "state")),
                DossierSystem = new { Address },
                Drop = new { Folders = new[] { new { Name = "mot-cua", Path = DropFolder, Dossier = new { FromSubFolder = true } } } },
            },
        },
        Indented);

    private static Process Start(string program, string[] arguments)
        => File.Exists(program)
            ? Process.Start(new ProcessStartInfo("dotnet", arguments))!
            : throw new DigitizerException(FailureKind.EngineMissing, "The sample dossier system is not built. Type: dotnet build samples/dossier-server -c Release");

    private static async Task ReadyAsync(Process dossiers, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Address) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!dossiers.HasExited)
        {
            try
            {
                await client.GetStringAsync(new Uri("/", UriKind.Relative), patience.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }

        throw new DigitizerException(FailureKind.EngineMissing, $"The sample dossier system does not start; is {Address} taken by another program? What it said stands above.");
    }

    private static void Say(string inbox, Process dossiers, string[] arguments)
    {
        var here = Directory.GetCurrentDirectory();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            Drop scans into      {Path.GetRelativePath(here, inbox)}/  (a letter is dropped there now; copy others from samples/)
            See what arrived at  {Address} and {Address}admin/applied
            See what became of it, in another terminal:  ./digitizer jobs list --state {Path.GetRelativePath(here, Root)}/state
            Stop the dossier system and start it again while scans come in:
                                 kill {dossiers.Id}; dotnet {string.Join(' ', arguments.Select(a => Path.GetRelativePath(here, a) is var relative && a.StartsWith('/') ? relative : a))}
            Ctrl-C ends both.
            """));
    }
}
