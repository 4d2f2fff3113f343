using System.Diagnostics;
using Digitizer.Confinement;

namespace Digitizer.Programs;

/// <summary>One running program. Killed when it is disposed, if it still runs.</summary>
internal sealed class ProgramRun : IAsyncDisposable
{
    // What poppler says of something that it does not show. Most of its errors are about what makes no difference: a state restored once too often, an entry of another type.
    private static readonly string[] Losses =
    [
        "XObject '", "Pattern '", "Shading '", "Unknown font tag", "No font in show", "Couldn't create a font", "Couldn't find a font", "in flate stream", "JPX", "JBIG2", "DCT stream", "CCITTFax", "CCITT fax", "LZW stream",
        "Bad image parameters", "Bad color space", "Bad shading", "Unknown filter", "Weird page contents",
    ];
    private readonly Process process;
    private readonly ErrorLines errors;
    private readonly Task errorsRead;

    /// <param name="name">Of the program.</param>
    /// <param name="process">Just started.</param>
    /// <param name="expected">Beginnings of lines on standard error that do not speak against its work.</param>
    public ProgramRun(string name, Process process, IReadOnlyList<string> expected)
    {
        errors = new ErrorLines(Losses, expected);
        Name = name;
        this.process = process;
        process.StandardInput.Close();
        errorsRead = errors.FollowAsync(process.StandardError);
    }

    public string Name { get; }

    /// <summary>What it writes.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>True if it said, until its end, that it met something that it could not show.</summary>
    public bool MetLosses => errors.WatchedSeen;

    /// <summary>Waits for its end.</summary>
    /// <returns>What speaks against its work: an exit code, or anything unexpected on standard error; empty if nothing does.</returns>
    public async Task<string> EndAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        await errorsRead.WaitAsync(cancellation).ConfigureAwait(false);
        var said = errors.Quoted();
        return process.ExitCode == 0 && said.Length == 0 ? "" : FormattableString.Invariant($"{Name} ended with code {process.ExitCode}{said}");
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>True if it did its work, whatever it had to say about the file.</returns>
    public async Task<bool> SucceedsAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        await errorsRead.WaitAsync(cancellation).ConfigureAwait(false);
        return process.ExitCode == 0;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has exited already.
        }

        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        process.StandardError.Dispose();
        await Output.DisposeAsync().ConfigureAwait(false);
        process.Dispose();
    }
}
