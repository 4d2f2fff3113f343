using Digitizer.Native;

namespace Digitizer.Conformance.Syntax;

/// <summary>What the dictionary of any stream may hold (ISO 19005-2, 6.1.7).</summary>
internal static class StreamCheck
{
    private static readonly HashSet<string> Standard =
    [
        "ASCIIHexDecode", "ASCII85Decode", "FlateDecode", "RunLengthDecode", "CCITTFaxDecode", "JBIG2Decode", "DCTDecode", "JPXDecode",
    ];

    public static void Check(Checking checking, QpdfObject stream, string where)
    {
        foreach (var key in (string[])["F", "FFilter", "FDecodeParms"])
        {
            checking.Findings.Require(stream[key].IsNothing, "6.1.7", $"the stream has an entry {key}: its data are in another file", where);
        }

        var (filter, parameters) = (stream["Filter"], stream["DecodeParms"]);
        var count = filter.IsArray ? filter.Count : filter.IsNothing ? 0 : 1;
        for (var i = 0; i < Math.Min(count, checking.Limits.MaxFilters + 1); i++)
        {
            var name = (filter.IsArray ? filter[i] : filter).Name;
            var its = parameters.IsArray ? parameters[i] : parameters;
            var isAllowed = name is not null && (Standard.Contains(name) || (name == "Crypt" && its["Name"].Name == "Identity"));
            checking.Findings.Require(isAllowed, "6.1.7", name == "LZWDecode" ? "LZW compression is used" : "a filter is used that is not among the standard ones", where);
        }

        checking.Findings.Require(count <= checking.Limits.MaxFilters, "6.1.7", "the stream has more filters than are looked at", where);
    }
}
