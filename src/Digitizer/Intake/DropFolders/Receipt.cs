using System.Text;
using Digitizer.Native;

namespace Digitizer.Intake.DropFolders;

/// <summary>The file that tells a writer that what it wrote is safe.</summary>
internal static class Receipt
{
    public const string Extension = ".accepted";

    /// <summary>Writes <c>NAME.accepted</c>; a name that is too long for it gets none. An older receipt of the name is replaced.</summary>
    /// <exception cref="IOException">It cannot be written; the arrival is safe all the same.</exception>
    public static void Write(PosixFolder folder, FileName name, Arrival arrival, UnitId unit)
    {
        var receipt = new FileName(name.Raw + Extension);
        if (receipt.Raw.Length > 255)
        {
            return;
        }

        folder.Delete(receipt);
        using var file = folder.CreateFile(receipt, 0b110_100_100);
        RandomAccess.Write(file, Encoding.UTF8.GetBytes($"{unit} {arrival.Original?.Sha256} {arrival.Received:O}\n"), 0);
    }
}
