using System.Security.Cryptography;
using Digitizer.Failures;

namespace Digitizer.Recognition;

/// <summary>Where a model file lies.</summary>
internal static class OcrModel
{
    private static readonly string[] UsualFolders =
    [
        "/usr/share/tesseract-ocr/5/tessdata",
        "/usr/share/tessdata",
        "/usr/local/share/tessdata",
    ];

    /// <summary>The folder that holds <c>MODEL.traineddata</c>.</summary>
    /// <param name="model">Name without extension.</param>
    /// <param name="folder">The configured folder, or null to look in <c>TESSDATA_PREFIX</c> and the usual places.</param>
    /// <exception cref="DigitizerException">ModelMissing.</exception>
    public static string FindFolder(string model, string? folder)
    {
        var prefix = Environment.GetEnvironmentVariable("TESSDATA_PREFIX");
        string[] places = folder is not null ? [folder] : prefix is not null ? [prefix, .. UsualFolders] : UsualFolders;
        return Array.Find(places, place => File.Exists(PathOf(place, model)))
            ?? throw new DigitizerException(
                FailureKind.ModelMissing,
                $"The OCR model {model}.traineddata is not in {string.Join(", ", places)}. Install it (Debian: apt-get install tesseract-ocr-vie), or name its folder.");
    }

    /// <summary>SHA-256 of the model file, lower-case hex.</summary>
    public static string Digest(string folder, string model)
    {
        using var file = File.OpenRead(PathOf(folder, model));
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string PathOf(string folder, string model) => Path.Combine(folder, model + ".traineddata");
}
