using System.Text.Json.Nodes;
using Digitizer.Tests.Architecture;

namespace Digitizer.Tests.Deploy;

public sealed class ComposeTests
{
    private static readonly string Text = Repository.Read("deploy", "compose.yaml");

    public static TheoryData<string, string> Mistakes => new()
    {
        { "read_only: true", "readonly: true" },
        { "read_only: true", "read_only: false" },
        { "cap_drop: [ALL]", "cap_drop: [NET_RAW]" },
        { "    - systempaths=unconfined\n", "" },
        { "seccomp=./seccomp.json", "seccomp=unconfined" },
        { "user: \"10001:10001\"", "user: root" },
        { "DIGITIZER_Service__PostgreSql", "DIGITIZER_Service__Postgres" },
        { "Accounts__0__ConnectionString:", "Accounts__0__Connection:" },
        { "volumes: [\"state-2:/var/lib/digitizer\"]", "volumes: [\"state-1:/var/lib/digitizer\"]" },
        { "volumes: [\"state-2:/var/lib/digitizer\"]", "volumes: [\"state-3:/var/lib/digitizer\"]" },
        { "postgres: { condition: service_healthy }", "database: { condition: service_healthy }" },
        { "limits: { cpus: \"2\", memory: 5g }", "limits: { cpus: \"2\", memory: 5 }" },
        { "POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?is set in deploy/.env}", "POSTGRES_PASSWORD: secret" },
        { "${AZURITE_KEY:?", "${STORAGE_KEY:?" },
        { "./compose.digitizer.json", "./digitizer.json" },
    };

    [Fact]
    public void The_file_is_what_its_schema_says_and_holds_together() => Assert.Empty(Problems(Text));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_found(string right, string wrong)
    {
        Assert.Contains(right, Text, StringComparison.Ordinal);
        Assert.NotEmpty(Problems(Text.Replace(right, wrong, StringComparison.Ordinal)));
    }

    private static List<string> Problems(string text)
    {
        var compose = YamlText.Read(text)!;
        var problems = ManifestSchemas.Problems("compose.yaml", "compose", compose).ToList();
        return problems.Count > 0 ? problems : [.. Names(text, compose), .. Rules(compose), .. Settings(compose)];
    }

    private static IEnumerable<string> Names(string text, JsonNode compose)
    {
        var services = compose["services"]!.AsObject();
        var volumes = services.SelectMany(service => Strings(service.Value!["volumes"])).Select(volume => volume.Split(':')[0]).ToList();
        var sample = Repository.Read("deploy", ".env.sample").Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#')).Select(line => line.Split('=')[0]);
        var filled = System.Text.RegularExpressions.Regex.Matches(text, @"\$\{(\w+):\?").Select(match => match.Groups[1].Value).Distinct();
        return
        [
            .. services.SelectMany(service => service.Value!["depends_on"]?.AsObject().Select(d => d.Key) ?? []).Where(name => !services.ContainsKey(name)),
            .. volumes.GroupBy(volume => volume).Where(group => group.Count() > 1).Select(group => $"{group.Key} is shared"),
            .. volumes.Except(compose["volumes"]!.AsObject().Select(volume => volume.Key)),
            .. services.SelectMany(service => (service.Value!["configs"] as JsonArray ?? []).Select(c => Manifest.Word(c!["source"]))).Where(name => compose["configs"]?[name] is null),
            .. compose["configs"]!.AsObject().Select(config => Manifest.Word(config.Value!["file"])).Where(file => !File.Exists(Path.Combine(Repository.Root, "deploy", file))),
            .. sample.Except(filled).Concat(filled.Except(sample)),
        ];
    }

    private static IEnumerable<string> Rules(JsonNode compose)
    {
        var services = compose["services"]!.AsObject();
        foreach (var (name, service) in services.Where(service => service.Value!["deploy"]?["resources"]?["limits"]?["memory"] is null || !Strings(service.Value["security_opt"]).Contains("no-new-privileges:true")))
        {
            yield return $"{name} is not limited, or may gain rights.";
        }

        foreach (var (name, worker) in Workers(compose))
        {
            string[] needed = ["seccomp=./seccomp.json", "systempaths=unconfined", "apparmor=unconfined"];
            if (Manifest.Word(worker["user"]) != "10001:10001" || Manifest.Word(worker["read_only"]) != "true" || !Strings(worker["cap_drop"]).SequenceEqual(["ALL"]) || needed.Except(Strings(worker["security_opt"])).Any())
            {
                yield return $"{name} has more or fewer rights than it is to have.";
            }
        }

        if (Manifest.Word(services["postgres"]!["environment"]!["POSTGRES_PASSWORD"]) is var password && !password.StartsWith("${", StringComparison.Ordinal))
        {
            yield return "A password stands in the file.";
        }
    }

    private static IEnumerable<string> Settings(JsonNode compose)
    {
        var variables = Workers(compose).SelectMany(worker => worker.Value["environment"]!.AsObject().Select(variable => variable.Key));
        return SettingKeys.Unknown(SettingKeys.OfVariables(variables).Concat(SettingKeys.OfFile(JsonNode.Parse(Repository.Read("deploy", "compose.digitizer.json")))));
    }

    private static IEnumerable<KeyValuePair<string, JsonNode>> Workers(JsonNode compose)
        => compose["services"]!.AsObject().Where(service => service.Key.StartsWith("worker-", StringComparison.Ordinal)).Select(service => KeyValuePair.Create(service.Key, service.Value!));

    private static IEnumerable<string> Strings(JsonNode? list) => (list as JsonArray ?? []).Select(Manifest.Word);
}
