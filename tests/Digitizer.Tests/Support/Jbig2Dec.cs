using System.Diagnostics;

namespace Digitizer.Tests.Support;

/// <summary>jbig2dec, the decoder that others use, run as a process on streams as a PDF embeds them.</summary>
internal sealed class Jbig2Dec : IDisposable
{
    private readonly TempFolder folder = new();

    public BitPicture Decode(byte[] stream)
    {
        var (source, target) = (folder.File("stream.jb2e", stream), folder["decoded.pbm"]);
        using var process = Process.Start(new ProcessStartInfo("jbig2dec", ["-e", "-t", "pbm", "-o", target, source]) { RedirectStandardError = true })!;
        var complaints = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && complaints.Length == 0
            ? BitPicture.OfPbm(File.ReadAllBytes(target))
            : throw new InvalidDataException($"jbig2dec ended with {process.ExitCode}: {complaints}");
    }

    public void Dispose() => folder.Dispose();
}
