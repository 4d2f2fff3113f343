using Digitizer.Tests.Architecture;

namespace Digitizer.Tests.Deploy;

/// <summary>The files of a kustomization, by name, and what they hold; a test may change one to see that it is noticed.</summary>
internal sealed record ManifestSet(IReadOnlyDictionary<string, string> Files)
{
    public const string Kustomization = "kustomization.yaml";
    public const string Configuration = "digitizer.json";
    public const string ExampleOfSecret = "secret.example.yaml";

    /// <summary>The documents of all manifests, the example of the secret among them.</summary>
    public IReadOnlyList<Manifest> Manifests { get; } = [.. Files
        .Where(file => file.Key.EndsWith(".yaml", StringComparison.Ordinal) && file.Key != Kustomization)
        .SelectMany(file => file.Value.Split("\n---\n").Select(text => new Manifest(file.Key, text)))];

    public static ManifestSet Read(string folder) => new(Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", folder))
        .ToDictionary(file => Path.GetFileName(file), File.ReadAllText));

    public IEnumerable<Manifest> Of(string kind) => Manifests.Where(manifest => manifest.Kind == kind);

    /// <summary>The set with other words in one file.</summary>
    public ManifestSet With(string file, string old, string now)
    {
        Assert.Contains(old, Files[file], StringComparison.Ordinal);
        return new ManifestSet(new Dictionary<string, string>(Files) { [file] = Files[file].Replace(old, now, StringComparison.Ordinal) });
    }
}
