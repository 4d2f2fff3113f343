using System.Text;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Tests.Support;

namespace Digitizer.Tests.Intake;

public sealed class AdmissionTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, byte[]> Accepted => new()
    {
        { "JPEG", [0xFF, 0xD8, 0xFF, 0xDB] },
        { "PNG", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] },
        { "TIFF, Intel", "II*\0"u8.ToArray() },
        { "TIFF, Motorola", "MM\0*"u8.ToArray() },
        { "BMP", "BM1234\0\0\0\0"u8.ToArray() },
        { "WebP", "RIFF1234WEBP"u8.ToArray() },
        { "PDF", "%PDF-1.7"u8.ToArray() },
        { "PDF after other bytes", [.. new byte[1000], .. "%PDF-1.7"u8] },
    };

    public static TheoryData<string, byte[], FailureKind> Refused => new()
    {
        { "nothing", [], FailureKind.FileEmpty },
        { "text", "Kính gửi"u8.ToArray(), FailureKind.FormatUnknown },
        { "JPEG 2000", [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A], FailureKind.FormatNotSupported },
        { "BigTIFF", "II+\0"u8.ToArray(), FailureKind.FormatNotSupported },
        { "RIFF that is sound", "RIFF1234WAVE"u8.ToArray(), FailureKind.FormatUnknown },
        { "more than the limit", [0xFF, 0xD8, 0xFF, .. new byte[2000]], FailureKind.FileTooLarge },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task A_picture_is_known_by_its_first_bytes_whatever_it_is_called(string what, byte[] content)
    {
        var identity = await Admit(folder.File("x.doc", content));
        Assert.True(identity.Facts.Bytes == content.Length, what);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Anything_else_is_refused_with_its_kind(string what, byte[] content, FailureKind kind)
    {
        var failure = await Assert.ThrowsAsync<DigitizerException>(() => Admit(folder.File("x.jpg", content)));
        Assert.True(failure.Kind == kind, $"{what}: {failure.Kind}");
        Assert.Contains(". ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_digest_is_that_of_the_whole_file()
    {
        var path = folder.File("x.jpg", [0xFF, 0xD8, 0xFF, .. Encoding.ASCII.GetBytes("abc")]);
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        Assert.Equal(expected, (await Admit(path)).Sha256);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_unreadable()
    {
        var failure = await Assert.ThrowsAsync<DigitizerException>(() => Admit(folder["gone.jpg"]));
        Assert.Equal(FailureKind.FileUnreadable, failure.Kind);
    }

    [Fact]
    public async Task A_file_that_changes_after_it_was_hashed_is_noticed()
    {
        var path = folder.File("x.jpg", [0xFF, 0xD8, 0xFF, 1]);
        var identity = await Admit(path);
        Admission.EnsureUnchanged(Source(path), identity);

        var written = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, [0xFF, 0xD8, 0xFF, 2]);
        File.SetLastWriteTimeUtc(path, written);
        var failure = Assert.Throws<DigitizerException>(() => Admission.EnsureUnchanged(Source(path), identity));
        Assert.Equal(FailureKind.FileUnreadable, failure.Kind);
    }

    private static Task<SourceIdentity> Admit(string path)
        => new Admission(new AdmissionOptions { MaxFileBytes = 2000 }).AdmitAsync(Source(path), CancellationToken.None);

    private static InputFile Source(string path) => new(path, path, "x");
}
