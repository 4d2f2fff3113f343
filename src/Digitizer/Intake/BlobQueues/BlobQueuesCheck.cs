using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;

namespace Digitizer.Intake.BlobQueues;

/// <summary>Checks the configuration of blob queues and says everything that is wrong with it at once.</summary>
internal static partial class BlobQueuesCheck
{
    /// <summary>Finds problems.</summary>
    /// <param name="queues">What was configured.</param>
    /// <param name="accounts">Names of the configured storage accounts.</param>
    /// <param name="otherSources">Names of sources that are no blob queues.</param>
    /// <returns>One line a problem; empty if all is well.</returns>
    public static IReadOnlyList<string> Problems(IReadOnlyCollection<BlobQueueOptions> queues, IReadOnlyCollection<string> accounts, IEnumerable<string> otherSources)
    {
        var problems = new List<string>();
        foreach (var queue in queues)
        {
            var shown = queue.Name.Length == 0 ? "a queue without name" : ShownName.Escape(queue.Name);
            problems.AddRange(Annotations(queue).Concat(Annotations(queue.Dossier)).Concat(queue.Results is null ? [] : Annotations(queue.Results))
                .Concat(NameProblems(queue, accounts)).Concat(DossierProblems(queue.Dossier)).Select(problem => $"BlobQueues: {shown}: {problem}"));
        }

        problems.AddRange(queues.Select(q => q.Name).Concat(otherSources).GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1 && queues.Any(q => q.Name == g.Key))
            .Select(g => $"BlobQueues: {ShownName.Escape(g.Key)}: the name is given to {g.Count()} sources."));
        problems.AddRange(queues.GroupBy(q => (q.Account, q.Queue)).Where(g => g.Count() > 1).Select(g => $"BlobQueues: {g.Count()} entries read the queue {ShownName.Escape(g.Key.Queue)}. Keep one."));
        problems.AddRange(Loops(queues));
        return problems;
    }

    /// <exception cref="DigitizerException">ConfigurationInvalid, with all problems.</exception>
    public static void ThrowOnProblems(IReadOnlyCollection<BlobQueueOptions> queues, IReadOnlyCollection<string> accounts, IEnumerable<string> otherSources)
    {
        if (Problems(queues, accounts, otherSources) is { Count: > 0 } problems)
        {
            throw new DigitizerException(FailureKind.ConfigurationInvalid, "Mend the configuration of blob queues: " + string.Join(" ", problems));
        }
    }

    /// <summary>The queue that copies of refused messages go to.</summary>
    public static string PoisonOf(BlobQueueOptions queue) => queue.PoisonQueue ?? queue.Queue + "-poison";

    /// <summary>The account that results go to, by its configured name.</summary>
    public static string ResultAccountOf(BlobQueueOptions queue) => queue.Results?.Account ?? queue.Account;

    private static IEnumerable<string> Annotations(object options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(r => r.ErrorMessage ?? "");
    }

    private static IEnumerable<string> NameProblems(BlobQueueOptions queue, IReadOnlyCollection<string> accounts)
    {
        foreach (var account in new[] { queue.Account, ResultAccountOf(queue) }.Where(a => a.Length > 0 && !accounts.Contains(a)).Distinct())
        {
            yield return $"there is no account {ShownName.Escape(account)} in Azure:Accounts.";
        }

        foreach (var name in new[] { queue.Queue, PoisonOf(queue) }.Where(name => !AzureName().IsMatch(name)))
        {
            yield return $"{ShownName.Escape(name)} is no name of a queue: 3 to 63 small letters, digits and single hyphens.";
        }

        if (PoisonOf(queue) == queue.Queue)
        {
            yield return "PoisonQueue is the queue itself. Name another one.";
        }

        if (queue.Containers.Count == 0)
        {
            yield return "Containers names no container, so that nothing would be taken.";
        }

        foreach (var name in queue.Containers.Concat(queue.Results is { Container: { Length: > 0 } results } ? [results] : []).Where(name => !AzureName().IsMatch(name)))
        {
            yield return $"{ShownName.Escape(name)} is no name of a container: 3 to 63 small letters, digits and single hyphens.";
        }
    }

    private static IEnumerable<string> DossierProblems(BlobDossierOptions rule)
    {
        if (rule.Metadata is { } key && !MetadataKey().IsMatch(key))
        {
            yield return $"Dossier:Metadata {ShownName.Escape(key)} is no key of metadata: a letter or _, then letters, digits and _.";
        }

        if (rule.Tag is { Length: 0 or > 128 })
        {
            yield return "Dossier:Tag must have 1 to 128 characters.";
        }

        if (rule.PathPattern is { } pattern && PatternProblem(pattern) is { } problem)
        {
            yield return $"Dossier:PathPattern: {problem}";
        }
    }

    private static string? PatternProblem(string pattern)
    {
        try
        {
            return DossierRule.Compile(pattern).GetGroupNames().Contains(DossierRule.Group) ? null : $"it has no group named {DossierRule.Group}: write (?<{DossierRule.Group}>…).";
        }
        catch (Exception e) when (e is RegexParseException or NotSupportedException)
        {
            return e.Message;
        }
    }

    // What is written there would come in again, and again.
    private static IEnumerable<string> Loops(IReadOnlyCollection<BlobQueueOptions> queues)
        => from writer in queues
           let container = writer.Results?.Container
           where container is not null
           from reader in queues
           where reader.Account == ResultAccountOf(writer) && reader.Containers.Contains(container)
           select $"BlobQueues: {ShownName.Escape(writer.Name)} writes its results into {ShownName.Escape(container)}, of which {ShownName.Escape(reader.Name)} takes blobs. Choose another container for results.";

    [GeneratedRegex(@"^(?=.{3,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex AzureName();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MetadataKey();
}
