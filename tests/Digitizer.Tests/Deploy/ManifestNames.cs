using System.Text.Json.Nodes;

namespace Digitizer.Tests.Deploy;

/// <summary>Whether what manifests refer to is there.</summary>
internal static class ManifestNames
{
    private static readonly string[] Probes = ["startupProbe", "livenessProbe", "readinessProbe"];

    /// <summary>One line a problem.</summary>
    public static IEnumerable<string> Problems(ManifestSet set)
    {
        var kustomization = YamlText.Read(set.Files[ManifestSet.Kustomization])!;
        var deployments = set.Of("Deployment").ToList();
        return
        [
            .. Listed(set, kustomization),
            .. deployments.SelectMany(deployment => OfPods(set, kustomization, deployment)),
            .. deployments.Where(deployment => !set.Of("PodDisruptionBudget").Any(budget => Manifest.Selects(budget.At("spec", "selector", "matchLabels"), Labels(deployment)))).Select(deployment => $"{deployment} has no budget."),
            .. Selectors(set).Where(s => s.Labels is JsonObject { Count: > 0 } && !deployments.Any(deployment => Manifest.Selects(s.Labels, Labels(deployment)))).Select(s => $"{s.Of} selects no pods."),
            .. set.Of("ScaledObject").SelectMany(scaled => OfScaling(set, scaled)),
            .. set.Of("TriggerAuthentication").SelectMany(authentication => authentication.Items("spec", "secretTargetRef").SelectMany(reference => OfSecret(set, authentication, reference))),
        ];
    }

    private static IEnumerable<string> Listed(ManifestSet set, JsonNode kustomization)
    {
        var listed = kustomization["resources"]!.AsArray().Select(Manifest.Word).ToHashSet();
        var there = set.Manifests.Select(manifest => manifest.File).Where(file => file != ManifestSet.ExampleOfSecret).ToHashSet();
        listed.SymmetricExceptWith(there);
        var generated = Generators(kustomization).SelectMany(generator => generator["files"]!.AsArray()).Select(Manifest.Word).Where(file => !set.Files.ContainsKey(file));
        return listed.Select(file => $"{file} is not both there and listed.").Concat(generated.Select(file => $"{file} is not there."));
    }

    private static IEnumerable<string> OfPods(ManifestSet set, JsonNode kustomization, Manifest deployment)
    {
        var pod = deployment.At("spec", "template", "spec")!;
        var volumes = deployment.Items("spec", "template", "spec", "volumes").ToList();
        var references = deployment.Containers.SelectMany(container => container["env"]!.AsArray()).Select(variable => variable!["valueFrom"]?["secretKeyRef"]).OfType<JsonNode>();
        (bool Wrong, string Problem)[] rules =
        [
            (!Manifest.Selects(deployment.At("spec", "selector", "matchLabels"), Labels(deployment)), "its selector is not that of its pods"),
            (!set.Of("ServiceAccount").Any(account => account.Name == Manifest.Word(pod["serviceAccountName"])), "its service account is not there"),
            (volumes.Any(volume => volume["configMap"] is { } map && !Generators(kustomization).Any(g => Manifest.Word(g["name"]) == Manifest.Word(map["name"]))), "a config map is not there"),
            (volumes.Any(volume => volume["secret"] is not null || volume["hostPath"] is not null), "a volume is of a kind that is not looked at"),
            (deployment.Containers.Any(container => !SameNames(container["volumeMounts"], volumes)), "its volumes and their mounts are not the same"),
            (deployment.Containers.Any(container => !kustomization["images"]!.AsArray().Any(image => Manifest.Word(image!["name"]) == Manifest.Word(container["image"]))), "its image is not named in the kustomization"),
            (deployment.Containers.Any(container => Probes.Any(probe => !HasPort(container, container[probe]))), "a probe's port is not there"),
        ];
        return rules.Where(rule => rule.Wrong).Select(rule => $"{deployment}: {rule.Problem}").Concat(references.SelectMany(reference => OfSecret(set, deployment, reference)));
    }

    private static IEnumerable<string> OfSecret(ManifestSet set, Manifest from, JsonNode reference)
        => set.Of("Secret").Any(secret => secret.Name == Manifest.Word(reference["name"]) && secret.At("stringData", Manifest.Word(reference["key"])) is not null)
            ? [] : [$"{from}: the secret {reference["name"]} has no {reference["key"]}."];

    private static IEnumerable<string> OfScaling(ManifestSet set, Manifest scaled)
    {
        var queues = JsonNode.Parse(set.Files[ManifestSet.Configuration])!["Service"]!["BlobQueues"]!.AsArray().Select(queue => Manifest.Word(queue!["Queue"]));
        (bool Wrong, string Problem)[] rules =
        [
            (!set.Of("Deployment").Any(deployment => deployment.Name == Manifest.Word(scaled.At("spec", "scaleTargetRef", "name")) && deployment.At("spec", "replicas") is null), "scales nothing, or what has a fixed number"),
            (scaled.Items("spec", "triggers").Any(trigger => !set.Of("TriggerAuthentication").Any(a => a.Name == Manifest.Word(trigger["authenticationRef"]?["name"]))), "its authentication is not there"),
            (scaled.Items("spec", "triggers").Select(trigger => trigger["metadata"]!["queueName"]).OfType<JsonNode>().Any(queue => !queues.Contains(Manifest.Word(queue))), "no such queue is configured"),
        ];
        return rules.Where(rule => rule.Wrong).Select(rule => $"{scaled}: {rule.Problem}");
    }

    private static IEnumerable<(Manifest Of, JsonNode? Labels)> Selectors(ManifestSet set) =>
    [
        .. set.Of("PodDisruptionBudget").Select(budget => (budget, budget.At("spec", "selector", "matchLabels"))),
        .. set.Of("NetworkPolicy").Select(policy => (policy, policy.At("spec", "podSelector", "matchLabels"))),
        .. set.Of("Deployment").SelectMany(d => d.Items("spec", "template", "spec", "topologySpreadConstraints").Select(spread => (d, spread["labelSelector"]?["matchLabels"]))),
    ];

    private static JsonNode? Labels(Manifest deployment) => deployment.At("spec", "template", "metadata", "labels");

    private static IEnumerable<JsonNode> Generators(JsonNode kustomization) => kustomization["configMapGenerator"]!.AsArray().Select(generator => generator!);

    private static bool SameNames(JsonNode? mounts, IEnumerable<JsonNode> volumes)
        => mounts!.AsArray().Select(mount => Manifest.Word(mount!["name"])).ToHashSet().SetEquals(volumes.Select(volume => Manifest.Word(volume["name"])));

    private static bool HasPort(JsonNode container, JsonNode? probe)
        => container["ports"]!.AsArray().Any(port => Manifest.Word(port!["name"]) == Manifest.Word(probe?["httpGet"]?["port"]));
}
