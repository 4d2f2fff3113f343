using System.Text.Json.Nodes;
using Digitizer.Tests.Architecture;
using Json.Schema;
using k8s;
using k8s.Models;

namespace Digitizer.Tests.Deploy;

/// <summary>
/// Each document against its schema: Kubernetes' own kinds are read strictly into the types of its client, whose properties are
/// generated from its API; those of KEDA, kustomize and Compose against the schemas beside this file.
/// </summary>
internal static class ManifestSchemas
{
    private static readonly Dictionary<string, Func<string, object>> Kubernetes = new()
    {
        ["v1 Namespace"] = text => KubernetesYaml.Deserialize<V1Namespace>(text, strict: true),
        ["v1 ServiceAccount"] = text => KubernetesYaml.Deserialize<V1ServiceAccount>(text, strict: true),
        ["v1 Secret"] = text => KubernetesYaml.Deserialize<V1Secret>(text, strict: true),
        ["apps/v1 Deployment"] = text => KubernetesYaml.Deserialize<V1Deployment>(text, strict: true),
        ["policy/v1 PodDisruptionBudget"] = text => KubernetesYaml.Deserialize<V1PodDisruptionBudget>(text, strict: true),
        ["networking.k8s.io/v1 NetworkPolicy"] = text => KubernetesYaml.Deserialize<V1NetworkPolicy>(text, strict: true),
    };

    /// <summary>One line a problem.</summary>
    public static IEnumerable<string> Problems(Manifest manifest)
    {
        var version = Manifest.Word(manifest.Node["apiVersion"]);
        return version.StartsWith("keda.sh/", StringComparison.Ordinal)
            ? Problems(manifest.ToString(), "keda", manifest.Node)
            : Kubernetes.TryGetValue($"{version} {manifest.Kind}", out var read) ? Problems(manifest, read) : [$"{manifest}: {version} has no schema here."];
    }

    /// <summary>The problems of any document with a schema in <c>Schemas/</c>.</summary>
    public static IEnumerable<string> Problems(string what, string schema, JsonNode? node)
    {
        var result = JsonSchema.FromText(Repository.Read("tests", "Digitizer.Tests", "Deploy", "Schemas", $"{schema}.schema.json"))
            .Evaluate(node, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid ? [] : result.Details.Where(detail => detail.Errors is not null)
            .Select(detail => $"{what}: {detail.InstanceLocation}: {string.Join("; ", detail.Errors!.Values)}").DefaultIfEmpty($"{what} is not valid.");
    }

    private static IEnumerable<string> Problems(Manifest manifest, Func<string, object> read)
    {
        try
        {
            _ = read(manifest.Text);
            return [];
        }
        catch (Exception e) when (e is YamlDotNet.Core.YamlException or FormatException or ArgumentException)
        {
            return [$"{manifest}: {(e.InnerException ?? e).Message}"];
        }
    }
}
