using Digitizer.Conformance.Content;
using Digitizer.Native;
using Digitizer.Pages.Pdf;

namespace Digitizer.Conformance.Colours;

/// <summary>Colour spaces that something is drawn with (ISO 19005-2, 6.2.4).</summary>
internal sealed class ColourSpaceCheck(Checking checking)
{
    // Indexed on DeviceN on a colorant's alternate is as deep as it gets.
    private const int MostLevels = 8;
    private const int MostColorants = 32;
    private readonly Dictionary<int, bool> profiles = [];
    private readonly SeparationCheck separations = new(checking);

    /// <summary>Checks a colour space.</summary>
    /// <param name="space">A name or an array.</param>
    /// <param name="scope">Where DefaultGray, DefaultRGB and DefaultCMYK are looked for.</param>
    /// <param name="where">The place.</param>
    /// <returns>True if it is ICCBased with four components.</returns>
    public bool Check(QpdfObject space, ResourceScope scope, string where) => Check(space, scope, where, 0);

    /// <summary>A device space by its name: DeviceGray, DeviceRGB or DeviceCMYK.</summary>
    /// <returns>True if the default space in its place is ICCBased with four components.</returns>
    public bool CheckDevice(string name, ResourceScope scope, string where) => CheckDevice(name, scope, where, 0);

    private bool CheckDevice(string name, ResourceScope scope, string where, int depth)
    {
        var standIn = scope.Default("Default" + name["Device".Length..]);
        if (!standIn.IsNothing && depth < MostLevels)
        {
            // A default space that names the device space itself stands for the device.
            return standIn.Name is null && Check(standIn, scope, where, MostLevels - 2);
        }

        var isCovered = name switch
        {
            "DeviceRGB" => checking.OutputSpace == "RGB ",
            "DeviceCMYK" => checking.OutputSpace == "CMYK",
            _ => checking.OutputSpace is not null,
        };
        checking.Findings.Require(isCovered, "6.2.4.3", $"{name} is used, and no output intent or default colour space says what it means", where);
        return false;
    }

    private bool Check(QpdfObject space, ResourceScope scope, string where, int depth)
    {
        if (depth > MostLevels)
        {
            throw PdfRefusal.TooComplex($"has colour spaces of more than {MostLevels} levels");
        }

        var family = space.Name ?? space[0].Name;
        switch (family)
        {
            case "DeviceGray" or "DeviceRGB" or "DeviceCMYK":
                return CheckDevice(family, scope, where, depth);
            case "ICCBased":
                return Profile(space[1], where);
            case "Indexed":
                Check(space[1], scope, where, depth + 1);
                return false;
            case "Pattern":
                if (!space[1].IsNothing)
                {
                    Check(space[1], scope, where, depth + 1);
                }

                return false;
            case "Separation":
                Name(space[1], where);
                separations.Check(space, where);
                Check(space[2], scope, where, depth + 1);
                return false;
            case "DeviceN":
                Colorants(space, scope, where, depth);
                return false;
            case "CalGray" or "CalRGB" or "Lab":
                return false;
            default:
                throw PdfRefusal.Damaged("a colour space does not exist");
        }
    }

    private bool Profile(QpdfObject stream, string where)
    {
        if (stream.Id != 0 && profiles.TryGetValue(stream.Id, out var isCmyk))
        {
            return isCmyk;
        }

        checking.Findings.Guard("6.2.4.2", where, () =>
        {
            var profile = IccProfile.Read(checking.Unpack(stream));
            var isValid = profile is { Class: "prtr" or "mntr" or "scnr" or "spac", Components: > 0, Major: < 5 };
            checking.Findings.Require(isValid, "6.2.4.2", "a colour space has no valid ICC profile, version 4 or older", where);
            checking.Findings.Require(profile is null || stream["N"].Integer == profile.Components, "6.2.4.2", "a colour profile has another number of components than its N says", where);
        });
        return profiles[stream.Id] = stream["N"].Integer == 4;
    }

    private void Colorants(QpdfObject space, ResourceScope scope, string where, int depth)
    {
        var (names, attributes) = (space[1], space[4]);
        checking.Findings.Require(names.Count <= MostColorants, "6.1.13", $"a DeviceN colour space has more than {MostColorants} colorants", where);
        var process = attributes["Process"]["Components"];
        var processed = Enumerable.Range(0, Math.Min(process.Count, MostColorants)).Select(i => process[i].Name).ToHashSet();
        for (var i = 0; i < Math.Min(names.Count, MostColorants); i++)
        {
            Name(names[i], where);
            var name = names[i].Name;
            var isNamed = name is "None" or "Cyan" or "Magenta" or "Yellow" or "Black" || processed.Contains(name) || (name is not null && !attributes["Colorants"][name].IsNothing);
            checking.Findings.Require(isNamed, "6.2.4.4", "a spot colour of a DeviceN colour space is not among its Colorants", where);
        }

        foreach (var key in attributes["Colorants"].Keys().Take(MostColorants))
        {
            Check(attributes["Colorants"][key], scope, where, depth + 1);
        }

        Check(space[2], scope, where, depth + 1);
    }

    private void Name(QpdfObject name, string where)
        => checking.Findings.Require(name.Name is { } text && NameText.IsUtf8(text), "6.1.8", "the name of a colorant is no valid UTF-8", where);
}
