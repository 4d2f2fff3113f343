using System.Text.Json.Nodes;

namespace Digitizer.Tests.Deploy;

public sealed class KubernetesManifestTests
{
    private static readonly ManifestSet Set = ManifestSet.Read("kubernetes");

    /// <summary>A file, words in it, and others that make it wrong.</summary>
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "pages.yaml", "readOnlyRootFilesystem", "readonlyRootFilesystem" },
        { "pages.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false" },
        { "pages.yaml", "runAsUser: 10001", "runAsUser: 0" },
        { "pages.yaml", "runAsNonRoot: true", "runAsNonRoot: 7" },
        { "pages.yaml", "drop: [ALL]", "drop: [NET_RAW]" },
        { "pages.yaml", "drop: [ALL] }", "drop: [ALL], add: [SYS_ADMIN] }" },
        { "pages.yaml", "limits: { cpu: \"2\", memory: 5Gi,", "limits: { cpu: \"2\"," },
        { "pages.yaml", "            procMount: Unmasked\n", "" },
        { "pages.yaml", "hostUsers: false", "hostUsers: true" },
        { "pages.yaml", "--role, pages]", "--role, page]" },
        { "pages.yaml", "port: health", "port: healthy" },
        { "pages.yaml", "key: postgresql }", "key: postgres }" },
        { "pages.yaml", "DIGITIZER_Service__PostgreSql", "DIGITIZER_Service__Postgres" },
        { "pages.yaml", "configMap: { name: digitizer }", "configMap: { name: settings }" },
        { "pages.yaml", "serviceAccountName: digitizer", "serviceAccountName: digitiser" },
        { "pages.yaml", "terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 30" },
        { "pages.yaml", "name: tmp, mountPath", "name: temp, mountPath" },
        { "intake.yaml", "image: digitizer", "image: digitizer2" },
        { "deliver.yaml", "replicas: 2", "replicas: two" },
        { "deliver.yaml", "matchLabels: { app.kubernetes.io/name: digitizer, app.kubernetes.io/component: deliver }", "matchLabels: { app: deliver }" },
        { "disruption.yaml", "component: pages", "component: page" },
        { "disruption.yaml", "maxUnavailable: 1", "maxUnavailible: 1" },
        { "network.yaml", "component: deliver", "component: delivery" },
        { "network.yaml", "ipBlock: { cidr:", "ipBlock: { cidrs:" },
        { "scaling.yaml", "scaleTargetRef: { name: digitizer-pages }", "scaleTargetRef: { name: pages }" },
        { "scaling.yaml", "authenticationRef: { name: digitizer-journal }", "authenticationRef: { name: journal }" },
        { "scaling.yaml", "queueLength: \"200\"", "queueLength: 200" },
        { "scaling.yaml", "queueName: scans", "queueName: scan" },
        { "scaling.yaml", "targetQueryValue", "targetValue" },
        { "scaling.yaml", "cooldownPeriod", "coolDownPeriod" },
        { "scaling.yaml", "key: postgresql-keda", "key: keda" },
        { "scaling.yaml", "type: postgresql", "type: postgres" },
        { "kustomization.yaml", "  - network.yaml\n", "" },
        { "kustomization.yaml", "      - digitizer.json", "      - settings.json" },
        { "kustomization.yaml", "images:", "image:" },
        { "digitizer.json", "\"PoisonQueue\"", "\"Poison\"" },
        { "digitizer.json", "\"State\"", "\"StateFolder\"" },
    };

    [Fact]
    public void The_manifests_are_what_their_schemas_say_and_hold_together() => Assert.Empty(Problems(Set));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found(string file, string right, string wrong) => Assert.NotEmpty(Problems(Set.With(file, right, wrong)));

    [Fact]
    public void Without_confinement_all_else_stays_and_it_is_said()
    {
        var kustomization = YamlText.Read(ManifestSet.Read("kubernetes-unconfined").Files[ManifestSet.Kustomization]);
        Assert.Empty(ManifestSchemas.Problems("kubernetes-unconfined", "kustomization", kustomization));

        var patched = Set.Manifests.Select(manifest => Patched(manifest, kustomization!["patches"]!.AsArray()!)).ToList();
        Assert.Empty(patched.SelectMany(ManifestSchemas.Problems));
        var set = new ManifestSet(patched.Select((manifest, i) => (Name: FormattableString.Invariant($"{i}.yaml"), manifest.Text)).ToDictionary(file => file.Name, file => file.Text));
        Assert.Empty(ContainerRules.Problems(set));
        Assert.DoesNotContain("Unmasked", string.Concat(set.Files.Values), StringComparison.Ordinal);
        Assert.DoesNotContain("privileged\"", string.Concat(set.Of("Namespace").Select(manifest => manifest.Text)), StringComparison.Ordinal);
    }

    private static Manifest Patched(Manifest manifest, IEnumerable<JsonNode> patches)
    {
        var node = manifest.Node.DeepClone();
        foreach (var patch in patches.Where(patch => Manifest.Word(patch["target"]!["kind"]) == manifest.Kind))
        {
            JsonPatch.Apply(node, YamlText.Read(Manifest.Word(patch["patch"]))!.AsArray());
        }

        return manifest with { Text = node.ToJsonString() };
    }

    private static List<string> Problems(ManifestSet set)
    {
        // What does not even keep to its schema is not looked at further.
        var problems = set.Manifests.SelectMany(ManifestSchemas.Problems)
            .Concat(ManifestSchemas.Problems(ManifestSet.Kustomization, "kustomization", YamlText.Read(set.Files[ManifestSet.Kustomization]))).ToList();
        return problems.Count > 0 ? problems :
        [
            .. ContainerRules.Problems(set),
            .. ManifestNames.Problems(set),
            .. SettingKeys.Unknown(SettingKeys.OfFile(JsonNode.Parse(set.Files[ManifestSet.Configuration]))),
            .. SettingKeys.Unknown(SettingKeys.OfVariables(set.Of("Deployment").SelectMany(d => d.Containers).SelectMany(c => c["env"]!.AsArray()).Select(variable => Manifest.Word(variable!["name"])))),
        ];
    }
}
