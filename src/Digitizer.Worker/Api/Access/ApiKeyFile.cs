using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Worker.Api.Access;

/// <summary>The keys of a service, <c>api-keys.json</c> in its state folder: written by <c>digitizer keys</c>, read by the service.</summary>
internal sealed partial class ApiKeyFile
{
    /// <summary>Its name in the state folder.</summary>
    public const string Name = "api-keys.json";

    private const int Version = 1;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder;

    private ApiKeyFile(string folder) => this.folder = folder;

    /// <summary>Where it lies.</summary>
    public string Path => System.IO.Path.Combine(folder, Name);

    /// <summary>The file of a state folder; neither need be there.</summary>
    public static ApiKeyFile In(string state) => new(System.IO.Path.GetFullPath(state));

    /// <summary>Understands its bytes.</summary>
    /// <param name="json">Null where there is no file: then there are no keys.</param>
    /// <exception cref="DigitizerException">ConfigurationInvalid: it is not whole, or of a newer version; no key of it may be used.</exception>
    public static IReadOnlyList<ApiKey> Parse(byte[]? json)
    {
        if (json is null)
        {
            return [];
        }

        try
        {
            // A newer version may have other members: it is to be told by its number, not by them.
            var version = JsonSerializer.Deserialize<VersionOnly>(json)?.Version;
            var keys = version == Version ? JsonSerializer.Deserialize<Content>(json, ApiKeyJson.Options)!.Keys : throw Invalid($"it is of version {version?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
            return Problem(keys) is { } problem ? throw Invalid(problem) : keys;
        }
        catch (JsonException e)
        {
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"it is not whole (line {e.LineNumber + 1})"), e);
        }
    }

    /// <summary>All keys that it holds.</summary>
    /// <exception cref="DigitizerException">ConfigurationInvalid: no such folder, or the file is not whole.</exception>
    public IReadOnlyList<ApiKey> Read()
    {
        try
        {
            return !Directory.Exists(folder) ? throw Missing("it is not there") : Parse(File.Exists(Path) ? File.ReadAllBytes(Path) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Invalid(ShownName.Escape(e.Message), e);
        }
    }

    /// <summary>Changes it under the folder's lock, so that two commands at the same time lose nothing.</summary>
    /// <param name="change">Makes the new keys of the old ones.</param>
    /// <exception cref="DigitizerException">ConfigurationInvalid: no such folder, or the file is not whole; OutputNotWritable; what <paramref name="change"/> throws.</exception>
    public void Change(Func<IReadOnlyList<ApiKey>, IReadOnlyList<ApiKey>> change)
    {
        using var turn = Lock();
        var changed = new Content(Version, change(Read()));
        AtomicFile.Write(Path, Existing.Replace, stream =>
        {
            var handle = ((FileStream)stream).SafeFileHandle;
            File.SetUnixFileMode(handle, OwnerOnly);
            PosixFiles.LeaveToOwnerOf(folder, handle);
            JsonSerializer.Serialize(stream, changed, ApiKeyJson.Options);
        });
    }

    private Microsoft.Win32.SafeHandles.SafeFileHandle Lock()
    {
        try
        {
            return PosixFiles.LockFolder(folder);
        }
        catch (PosixException e)
        {
            throw Missing(ShownName.Escape(e.Message), e);
        }
    }

    private DigitizerException Missing(string why, Exception? inner = null) => new(
        FailureKind.ConfigurationInvalid,
        $"The folder {ShownName.Escape(folder)} cannot be used: {why}. Name the state folder of the service with --state; the service makes it when it starts.",
        inner);

    private static string? Problem(IReadOnlyList<ApiKey> keys)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return keys.Select(key => key switch
        {
            null => "it holds an empty key",
            _ when !Id().IsMatch(key.Id) || !Digest().IsMatch(key.Sha256) => "it holds a key whose id or digest is none",
            _ when !ids.Add(key.Id) => $"it holds the key {key.Id} twice",
            { Grant.Limits: { RequestsPerMinute: < 1 } or { UploadBytes: < 1 } or { UploadsAtATime: < 1 } } => $"a limit of the key {key.Id} is less than 1",
            _ => null,
        }).FirstOrDefault(problem => problem is not null);
    }

    private static DigitizerException Invalid(string why, Exception? inner = null) => new(
        FailureKind.ConfigurationInvalid,
        $"The API keys in {Name} cannot be read: {why}. Nobody who brings a key is let in. Restore the file from a backup, let the service's user read it, or move it away and give out new keys with 'digitizer keys add'.",
        inner);

    [GeneratedRegex(@"^[0-9a-z]{10}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();

    private sealed record Content(int Version, IReadOnlyList<ApiKey> Keys);

    private sealed record VersionOnly([property: System.Text.Json.Serialization.JsonPropertyName("version")] int? Version);
}
