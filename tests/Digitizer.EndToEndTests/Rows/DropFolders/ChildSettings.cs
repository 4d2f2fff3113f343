using System.Globalization;
using System.Text.Json;
using Digitizer.Intake.DropFolders;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>What <see cref="DropFolderChild"/> looks after.</summary>
/// <param name="Folders">The drop folders.</param>
/// <param name="Vault">The vault's folder.</param>
/// <param name="Ledger">The file of units.</param>
internal sealed record ChildSettings(List<DropFolderOptions> Folders, string Vault, string Ledger)
{
    public static ChildSettings Read(string path) => JsonSerializer.Deserialize<ChildSettings>(File.ReadAllBytes(path))!;

    /// <summary>Writes it beside the ledger.</summary>
    /// <returns>The path.</returns>
    public string Write()
    {
        File.WriteAllBytes(Ledger + ".settings", JsonSerializer.SerializeToUtf8Bytes(this));
        return Ledger + ".settings";
    }
}

/// <summary>How a drop folder of the child stands.</summary>
internal readonly record struct Standing(int Unsettled, long Taken, bool HasEvents)
{
    public static Standing Parse(string text)
    {
        var parts = text.Split(' ');
        return new Standing(int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), bool.Parse(parts[2]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Unsettled} {Taken} {HasEvents}");
}
