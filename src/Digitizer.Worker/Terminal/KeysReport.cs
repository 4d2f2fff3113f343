using System.Globalization;
using Digitizer.Failures;
using Digitizer.Worker.Api.Access;
using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>API keys for people and for scripts.</summary>
internal static class KeysReport
{
    /// <summary>A table.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ApiKey> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
        {
            console.Profile.Out.Writer.WriteLine("There are no keys.");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("id").NoWrap()).AddColumns("name", "state", "rights", "sources", "dossiers", "expires");
        foreach (var key in keys)
        {
            table.AddRow(
                key.Id, Markup.Escape(ShownName.Escape(key.Name)), StateOf(key, now), string.Join(", ", RightNames.Of(key.Grant.Rights)),
                Markup.Escape(ShownName.Escape(string.Join(", ", key.Grant.Sources))), Markup.Escape(ShownName.Escape(string.Join(", ", key.Grant.Dossiers))), ExpiryOf(key));
        }

        console.Write(table);
    }

    /// <summary>What a key allows, in a sentence.</summary>
    public static string Describe(ApiKey key) => string.Create(
        CultureInfo.InvariantCulture,
        $"may {string.Join(", ", RightNames.Of(key.Grant.Rights))}; sources {List(key.Grant.Sources)}; dossiers {List(key.Grant.Dossiers)}; expires {ExpiryOf(key)}.");

    /// <summary>A key without the digest of its secret.</summary>
    public static object ForScripts(ApiKey key, DateTimeOffset now) => new
    {
        key.Id,
        key.Name,
        State = StateOf(key, now),
        key.Created,
        key.Expires,
        key.Revoked,
        key.Grant,
    };

    private static string List(IReadOnlyList<string> names) => names.Contains(Grant.All) ? "all" : ShownName.Escape(string.Join(", ", names));

    private static string StateOf(ApiKey key, DateTimeOffset now) => key.Revoked is not null ? "revoked" : key.IsExpired(now) ? "expired" : "usable";

    private static string ExpiryOf(ApiKey key) => key.Expires?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
}
