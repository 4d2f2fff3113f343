namespace Digitizer.Pages.Smaller;

/// <summary>How a page's picture is made smaller.</summary>
/// <param name="Dpi">Pixels an inch; a picture that has no more keeps its own.</param>
/// <param name="Quality">Of its JPEG coding, 1–100 as libjpeg counts; null: without loss.</param>
internal sealed record Rung(double Dpi, int? Quality);

/// <summary>A page's picture, made smaller.</summary>
/// <param name="Image">The picture; stretched over the same page as the one that it was made from.</param>
/// <param name="Rung">How it was made.</param>
/// <param name="Bytes">Its coded bytes.</param>
internal sealed record SmallerPage(PageImage Image, Rung Rung, byte[] Bytes);
