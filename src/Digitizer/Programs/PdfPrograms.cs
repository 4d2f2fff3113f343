using System.ComponentModel;
using Digitizer.Confinement;
using Digitizer.Failures;

namespace Digitizer.Programs;

/// <summary>What a run of a program may use.</summary>
/// <param name="PageTimeout">CPU time for each page.</param>
/// <param name="Memory">RLIMIT_DATA in bytes.</param>
internal sealed record ProgramLimits(TimeSpan PageTimeout, long Memory);

/// <summary>Starts the programs of poppler and qpdf, each confined: it sees the system's libraries, itself and one PDF.</summary>
internal sealed class PdfPrograms(Sandbox sandbox, ProgramLimits limits) : IDisposable
{
    private const string Install = "Install the programs of poppler and qpdf (Debian: apt-get install poppler-utils qpdf).";
    private static readonly string[] Folders = ["/usr/bin", "/usr/local/bin", "/bin"];

    // What stands in for fonts that a PDF does not bring along, and the tables of its character codes.
    private static readonly string[] FontFolders = ["/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig", "/var/cache/fontconfig", "/usr/share/poppler"];
    private readonly ProcessLauncher launcher = new();

    /// <summary>Renders pages: PGM or PPM files on standard output, one behind the other.</summary>
    public const string Renderer = "pdftoppm";

    /// <summary>Gives the words in the order of the content, pages ended by form feeds.</summary>
    public const string TextReader = "pdftotext";

    /// <summary>Writes a PDF anew without changing what it shows, to standard output.</summary>
    public const string Rearranger = "qpdf";

    /// <summary>Starts a program.</summary>
    /// <param name="name">One of the constants.</param>
    /// <param name="pdf">Absolute path of the one file that it sees.</param>
    /// <param name="pages">Pages to be worked on, for the limit of CPU time.</param>
    /// <param name="arguments">All of them, the file among them.</param>
    /// <exception cref="DigitizerException">EngineMissing or ConfinementUnavailable.</exception>
    public Task<ProgramRun> StartAsync(string name, string pdf, int pages, params string[] arguments) => StartAsync(name, pdf, pages, [], arguments);

    /// <summary>As above, with beginnings of lines on standard error that do not speak against its work.</summary>
    /// <exception cref="DigitizerException">EngineMissing or ConfinementUnavailable.</exception>
    public async Task<ProgramRun> StartAsync(string name, string pdf, int pages, IReadOnlyList<string> expected, string[] arguments)
    {
        var program = Find(name);
        var cpu = (int)Math.Min(int.MaxValue, Math.Ceiling(limits.PageTimeout.TotalSeconds) * (pages + 1));
        var confined = new ConfinedProgram(program, arguments, [program, pdf, .. FontFolders.Where(Directory.Exists)], limits.Memory, cpu);
        try
        {
            return new ProgramRun(name, await launcher.StartAsync(sandbox.Wrap(confined)).ConfigureAwait(false), expected);
        }
        catch (Win32Exception e)
        {
            throw new DigitizerException(FailureKind.EngineMissing, $"{name} cannot be started: {e.Message} {Install}", e);
        }
    }

    public void Dispose() => launcher.Dispose();

    /// <summary>Absolute path of a program.</summary>
    /// <exception cref="DigitizerException">EngineMissing.</exception>
    public static string Find(string name)
        => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new DigitizerException(FailureKind.EngineMissing, $"{name}, without which no PDF is finished, is not installed. {Install}");
}
