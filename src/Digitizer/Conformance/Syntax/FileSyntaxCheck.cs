using Digitizer.Native;

namespace Digitizer.Conformance.Syntax;

/// <summary>The file as written, and every object of it, used or not (ISO 19005-2, 6.1).</summary>
internal static class FileSyntaxCheck
{
    private const int MostObjects = 8_388_607;

    /// <param name="checking">The check.</param>
    /// <param name="streams">Called for each stream with the place to name.</param>
    public static void Check(Checking checking, Action<QpdfObject, string> streams)
    {
        var findings = checking.Findings;
        FileFrameCheck.Check(checking);
        var walk = new XrefWalk(checking);
        findings.Guard("6.1.4", "the cross-reference table", walk.Walk);
        Trailer(checking, walk);
        findings.Require(walk.Places.Count <= MostObjects, "6.1.13", "there are too many objects", "the file");

        var objects = new ObjectSyntaxCheck(checking);
        foreach (var place in walk.Places)
        {
            var where = $"object {place.Id}";
            findings.Guard("6.1.9", where, () => objects.Check(place));
            if (checking.File.Object(place.Id, place.Generation) is { IsStream: true } stream)
            {
                StreamCheck.Check(checking, stream, where);
                streams(stream, where);
            }
        }
    }

    private static void Trailer(Checking checking, XrefWalk walk)
    {
        var trailer = checking.File.Trailer;
        checking.Findings.Require(trailer["Encrypt"].IsNothing && !checking.File.IsEncrypted, "6.1.3", "the file is encrypted", "the trailer");
        var id = trailer["ID"];
        var isId = id.Count == 2 && id[0].Bytes is { Length: > 0 } && id[1].Bytes is { Length: > 0 };
        checking.Findings.Require(isId, "6.1.3", "the trailer has no file identifier", "the trailer");

        // Of a linearized file, the section read first is the first page's and the next one the last of the file.
        if (IsLinearized(checking) && walk.Ids is [{ } first, { } last, ..])
        {
            checking.Findings.Require(IsSame(first, last), "6.1.3", "the trailers of a linearized file have different identifiers", "the trailer");
        }
    }

    private static bool IsLinearized(Checking checking)
        => checking.Bytes.AsSpan(0, Math.Min(1024, checking.Bytes.Length)).IndexOf("/Linearized"u8) >= 0;

    private static bool IsSame(CosValue first, CosValue last)
        => first.Items.Count == last.Items.Count && first.Items.Zip(last.Items).All(pair => pair.First.Bytes.AsSpan().SequenceEqual(pair.Second.Bytes));
}
