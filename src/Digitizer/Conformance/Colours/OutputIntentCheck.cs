using Digitizer.Native;

namespace Digitizer.Conformance.Colours;

/// <summary>What the file says about the colours of output (ISO 19005-2, 6.2.3).</summary>
internal static class OutputIntentCheck
{
    private const string Where = "the output intents";
    private const int Most = 64;

    /// <summary>Checks, and leaves the colour space of the PDF/A intent in <see cref="Checking.OutputSpace"/>.</summary>
    public static void Check(Checking checking)
    {
        var intents = checking.File.Root["OutputIntents"];
        var profile = 0;
        for (var i = 0; i < Math.Min(intents.Count, Most); i++)
        {
            var intent = intents[i];
            checking.Findings.Require(intent["DestOutputProfileRef"].IsNothing, "6.2.3", "an output intent refers to a profile outside of the file", Where);
            var destination = intent["DestOutputProfile"];
            if (destination.IsNothing)
            {
                continue;
            }

            checking.Findings.Require(profile == 0 || profile == destination.Id, "6.2.3", "output intents have different destination profiles", Where);
            profile = destination.Id;
            checking.Findings.Guard("6.2.3", Where, () => Profile(checking, intent, destination));
        }

        checking.Findings.Require(intents.Count <= Most, "6.2.3", "there are more output intents than are looked at", Where);
    }

    private static void Profile(Checking checking, QpdfObject intent, QpdfObject stream)
    {
        var profile = IccProfile.Read(checking.Unpack(stream));
        var isOutput = profile is { Class: "prtr" or "mntr", Space: "RGB " or "CMYK" or "GRAY", Major: < 5 };
        checking.Findings.Require(isOutput, "6.2.3", "the destination profile is no ICC profile of an output device or monitor, version 4 or older", Where);
        checking.Findings.Require(profile is null || stream["N"].Integer == profile.Components, "6.2.3", "the destination profile has another number of components than its N says", Where);
        if (isOutput && intent["S"].Name == "GTS_PDFA1")
        {
            checking.OutputSpace = profile!.Space;
        }
    }
}
