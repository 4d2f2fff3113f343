namespace Digitizer.Jobs;

/// <summary>A page that is smaller in the copy.</summary>
/// <param name="Page">Its number in the document, from 1.</param>
/// <param name="Dpi">Pixels an inch of its picture there.</param>
/// <param name="Quality">Of its JPEG coding, 1–100; null: coded without loss.</param>
/// <param name="Bytes">Of its picture there.</param>
internal sealed record SmallerPicture(int Page, double Dpi, int? Quality, long Bytes);

/// <summary>How a document's size stands to what receiving systems take.</summary>
/// <param name="Smaller">Pages that are smaller in the copy.</param>
/// <param name="PagesTooLarge">Numbers of pages that have more than a page may, whatever is done.</param>
/// <param name="IsTooLarge">The file has more than a file may, whatever is done: there is no copy.</param>
internal sealed record SizeReport(IReadOnlyList<SmallerPicture> Smaller, IReadOnlyList<int> PagesTooLarge, bool IsTooLarge);
