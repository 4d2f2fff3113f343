using System.Globalization;
using System.Text.Json.Nodes;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Jobs;
using Digitizer.Service;
using Spectre.Console;

namespace Digitizer.Worker.Terminal;

/// <summary>The journal's answers for people.</summary>
internal static class JobsReport
{
    /// <param name="console">Where to.</param>
    /// <param name="reply">What.</param>
    /// <param name="state">The folder that was asked, for commands to type next.</param>
    public static void Write(IAnsiConsole console, JobsReply reply, string state)
    {
        var output = console.Profile.Out.Writer;
        if (reply.Units is { } units)
        {
            WriteUnits(console, units, reply.Waiting?.ToHashSet() ?? [], state);
        }

        if (reply is { Units.Count: var shown, Balance: { } all } && all.Lines[0].Total > shown && shown > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The {shown} newest are shown."));
        }

        foreach (var line in reply.Balance?.Lines ?? [])
        {
            var states = string.Join(", ", line.ByState.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value} {s.Key}")));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Things}: {line.Total} = {(states.Length == 0 ? "none" : states)}{(line.Balanced ? "" : " DOES NOT BALANCE")}"));
        }

        if (reply.Account is { } account)
        {
            WriteAccount(output, account);
        }

        if (reply.Done is { } done)
        {
            output.WriteLine(done);
        }
    }

    private static void WriteUnits(IAnsiConsole console, IReadOnlyList<JobUnit> units, HashSet<UnitId> waiting, string state)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("unit").NoWrap()).AddColumns("source", "name", "state", "pages", "dossier", "what to do");
        foreach (var unit in units)
        {
            table.AddRow(
                unit.Id.ToString(), unit.Arrival.Source, Markup.Escape(NameOf(unit)), unit.State.ToString(),
                unit.Pages?.ToString(CultureInfo.InvariantCulture) ?? "", unit.Arrival.Dossier?.Code ?? "",
                Markup.Escape(WhatToDo(unit, waiting.Contains(unit.Id), state)));
        }

        console.Write(table);
    }

    private static string WhatToDo(JobUnit unit, bool isWaiting, string state) => unit.Failure is { } failure
        ? $"{failure.Message} [{failure.Kind}]"
        : isWaiting ? $"Waits for a person: digitizer jobs show {unit.Id} --state {state}" : "";

    private static void WriteAccount(TextWriter output, UnitAccount account)
    {
        var unit = account.Unit;
        output.WriteLine($"{unit.Id}  {NameOf(unit)}  from {unit.Arrival.Source}, received {Time(unit.Arrival.ReceivedAt)}: {unit.State}");
        output.WriteLine($"  {unit.Arrival.Bytes} bytes, SHA-256 {unit.Arrival.Sha256}{(unit.SameContentAs is { } same ? $", same content as {same}" : "")}");
        WriteTogether(output, account);
        if ((unit.PurgedAt ?? unit.TrashedAt) is { } removed)
        {
            output.WriteLine($"  retention over: original and results {(unit.PurgedAt is null ? "taken out into the vault's trash" : "deleted")} {Time(removed)}");
        }

        if (unit.Failure is { } failure)
        {
            output.WriteLine($"  {failure.Message} [{failure.Kind}]");
        }

        foreach (var page in account.Pages)
        {
            output.WriteLine($"  page {page.Number}: {page.State}{(page.Failure is { } why ? $": {why.Message} [{why.Kind}]" : "")}");
        }

        foreach (var document in account.Documents)
        {
            output.WriteLine($"  document {document.Id} revision {document.Revision}: {document.State}{(document.Reasons.Count > 0 ? $" ({string.Join(", ", document.Reasons)})" : "")}");
        }

        foreach (var delivery in account.Deliveries.Where(d => d.Dossier is not null))
        {
            output.WriteLine($"  to dossier {delivery.Dossier}: {delivery.State}{(delivery.Receipt is { } receipt ? $", {receipt}" : "")}{(delivery.Failure is { } why ? $": {why.Message} [{why.Kind}]" : "")}");
        }

        output.WriteLine("  history:");
        foreach (var line in account.History)
        {
            output.WriteLine($"    {Time(line.At)} {line.What}{Part(line)}{(line.Attempt is { } n ? $", attempt {n}" : "")}{(line.Failure is { } why ? $": {why.Message} [{why.Kind}]" : "")}{(line.Detail is { } detail ? $" ({detail})" : "")}");
        }
    }

    // What belongs together: the files of the document, and the documents of the batch.
    private static void WriteTogether(TextWriter output, UnitAccount account)
    {
        var unit = account.Unit;
        var first = 1;
        foreach (var (i, file) in (unit.Arrival.Files ?? []).Index())
        {
            var pages = unit.FilePages is { } counts ? string.Create(CultureInfo.InvariantCulture, $", pages {first}–{first + counts[i] - 1}") : "";
            output.WriteLine($"  file {i + 1}: {file.ShownName}, {file.Bytes} bytes, SHA-256 {file.Sha256}{pages}");
            first += unit.FilePages?[i] ?? 0;
        }

        if (unit.Arrival.Batch is { } batch)
        {
            output.WriteLine($"  document {batch.Document} of batch {batch.Id}, units {string.Join(", ", account.BatchUnits)}");
            // What they hold may tell of persons.
            output.WriteLine($"  of it the manifest also tells {(batch.Details is { } details ? string.Join(", ", JsonNode.Parse(details)!.AsObject().Select(f => ShownName.Escape(f.Key))) : "nothing")}");
        }
    }

    private static string NameOf(JobUnit unit) => unit.FileCount == 1 ? unit.Arrival.ShownName : $"{unit.Arrival.ShownName} and {Counted.Of(unit.FileCount - 1, "more file")}";

    private static string Part(HistoryLine line) => $"{(line.Kind is { } kind ? $" {kind}" : "")}{(line.Page is { } page ? $" {page}" : "")}";

    private static string Time(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
