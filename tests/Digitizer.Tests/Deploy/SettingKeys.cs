using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Digitizer.PageWorkers;
using Digitizer.Service;

namespace Digitizer.Tests.Deploy;

/// <summary>The settings that files under deploy/ make, and whether the program knows them.</summary>
internal static partial class SettingKeys
{
    private const string Prefix = "DIGITIZER_";

    // Sections whose settings are no plain properties of ServiceOptions; # stands for an index.
    private static readonly HashSet<string> OfLists =
    [
        .. new[] { "Name", "ConnectionString", "ConnectionStringFile", "BlobEndpoint", "QueueEndpoint", "Sas", "SasFile", "ManagedIdentity", "ClientId" }.Select(name => $"Service:Azure:Accounts:#:{name}"),
        .. new[] { "Blob:Account", "Blob:Container", "Blob:CacheBytes", "Folder" }.Select(name => $"Service:Vault:{name}"),
        .. new[] { "Name", "Account", "Queue", "Containers:#", "PoisonQueue", "Dossier:Metadata", "Results:Container" }.Select(name => $"Service:BlobQueues:#:{name}"),
    ];

    /// <summary>The names that the program would not understand.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> names) => names.Where(name => !IsKnown(Index().Replace(name, ":#")));

    /// <summary>The settings of a configuration file, as <c>Service:State</c>.</summary>
    public static IEnumerable<string> OfFile(JsonNode? node, string name = "") => node switch
    {
        JsonObject section => section.SelectMany(property => OfFile(property.Value, Join(name, property.Key))),
        JsonArray list => list.SelectMany((item, i) => OfFile(item, Join(name, FormattableString.Invariant($"{i}")))),
        _ => [name],
    };

    /// <summary>The settings that environment variables make.</summary>
    public static IEnumerable<string> OfVariables(IEnumerable<string> variables)
        => variables.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal));

    private static string Join(string name, string next) => name.Length == 0 ? next : $"{name}:{next}";

    private static bool IsKnown(string name) => OfLists.Contains(name) || name.Split(':') switch
    {
        ["Service", var property] => typeof(ServiceOptions).GetProperty(property) is not null,
        ["PageWorkers", var property] => typeof(PageWorkerOptions).GetProperty(property) is not null,
        _ => false,
    };

    [GeneratedRegex(":[0-9]+(?=:|$)")]
    private static partial Regex Index();
}
