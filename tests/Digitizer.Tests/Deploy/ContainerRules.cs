using System.Text.Json.Nodes;

namespace Digitizer.Tests.Deploy;

/// <summary>What every pod keeps to, and no schema asks for.</summary>
internal static class ContainerRules
{
    // Service:Grace, after which the service gives back what it has not finished, and time to do so.
    private const long LeastGraceSeconds = 25 + 10;

    private static readonly string[] Roles = ["intake", "pages", "deliver", "all"];

    /// <summary>One line a problem.</summary>
    public static IEnumerable<string> Problems(ManifestSet set) => set.Of("Deployment").SelectMany(deployment =>
        PodRules(deployment).Concat(deployment.Containers.SelectMany(container => Rules(deployment, container))).Where(rule => !rule.Holds).Select(rule => $"{deployment}: {rule.Name}"));

    private static IEnumerable<(string Name, bool Holds)> PodRules(Manifest deployment)
    {
        var pod = deployment.At("spec", "template", "spec")!;
        yield return ("is not root", Is(pod["securityContext"]?["runAsNonRoot"], "true") && Number(pod["securityContext"]?["runAsUser"]) == 10001);
        yield return ("has no token of Kubernetes", Is(pod["automountServiceAccountToken"], "false"));
        yield return ("shares nothing with its node", pod["hostNetwork"] is null && pod["hostPID"] is null && pod["hostIPC"] is null);
        yield return ("has time to give back what it works on", Number(pod["terminationGracePeriodSeconds"]) >= LeastGraceSeconds);
        yield return ("is confined, or says that it is not", IsConfined(pod) != AllowsUnconfined(pod));
        yield return ("has no containers that are not looked at", pod["initContainers"] is null && deployment.Containers.Any());
    }

    private static IEnumerable<(string Name, bool Holds)> Rules(Manifest deployment, JsonNode container)
    {
        var security = container["securityContext"];
        yield return ("has a read-only root", Is(security?["readOnlyRootFilesystem"], "true"));
        yield return ("gains no rights", Is(security?["allowPrivilegeEscalation"], "false") && security?["privileged"] is null);
        yield return ("has no capabilities", Is(security?["capabilities"]?["drop"]?[0], "ALL") && security?["capabilities"]?["add"] is null);
        foreach (var name in new[] { "cpu", "memory", "ephemeral-storage" })
        {
            yield return ($"requests {name}", container["resources"]?["requests"]?[name] is not null);
            yield return ($"is limited in {name}", container["resources"]?["limits"]?[name] is not null);
        }

        yield return ("is probed", container["livenessProbe"] is not null && container["readinessProbe"] is not null);
        var words = (container["args"] as JsonArray ?? []).Select(Manifest.Word).ToList();
        yield return ("serves in a role that there is", words is ["serve", "--config", "/etc/digitizer/digitizer.json", "--role", var role] && Roles.Contains(role) && deployment.Name == $"digitizer-{role}");
    }

    // What bubblewrap needs of Kubernetes, all of it.
    private static bool IsConfined(JsonNode pod)
        => Is(pod["hostUsers"], "false") && Is(pod["securityContext"]?["seccompProfile"]?["type"], "Localhost") && Is(pod["securityContext"]?["appArmorProfile"]?["type"], "Unconfined")
            && pod["containers"]!.AsArray().All(container => Is(container!["securityContext"]?["procMount"], "Unmasked"));

    private static bool AllowsUnconfined(JsonNode pod)
        => pod["containers"]!.AsArray().SelectMany(container => container!["env"]!.AsArray()).Any(variable => Is(variable!["name"], "DIGITIZER_PageWorkers__AllowUnconfined") && Is(variable["value"], "true"));

    private static bool Is(JsonNode? node, string value) => Manifest.Word(node) == value;

    private static long Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;
}
