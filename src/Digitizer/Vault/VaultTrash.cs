using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Workspace;

namespace Digitizer.Vault;

/// <summary>Who decided that something be removed, and why.</summary>
internal sealed record Removal(string Who, string Why);

/// <summary>One line of the list of removals.</summary>
internal sealed record RemovalLine(DateTimeOffset At, string Act, string File, string Who, string Why);

/// <summary>The two steps by which something leaves the vault; each is written down before it is done.</summary>
internal sealed class VaultTrash(string root, TimeProvider time)
{
    private const string DayFormat = "yyyyMMdd'T'HHmmss'Z'";

    private const int TimeLength = 16;

    private readonly string log = Path.Combine(root, "removals.jsonl");

    public string Folder { get; } = Path.Combine(root, "trash");

    /// <summary>Moves a file into the trash under the time and its own name.</summary>
    /// <returns>Its path there.</returns>
    /// <exception cref="DigitizerException">OriginalMissing or OutputNotWritable.</exception>
    public string Take(string path, Removal removal)
    {
        try
        {
            if (!File.Exists(path))
            {
                throw new DigitizerException(
                    FailureKind.OriginalMissing, $"{Path.GetFileName(path)} is not in the vault, so it cannot be removed. Run digitizer verify.");
            }

            Write("trash", Path.GetFileName(path), removal);
            var stamp = time.GetUtcNow().ToString(DayFormat, CultureInfo.InvariantCulture);
            var taken = Path.Combine(Folder, $"{stamp}.{Path.GetFileName(path)}");
            return TryMove(path, taken) ? taken : throw new IOException("The trash holds a file of that name already. Try again.");
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, path);
        }
    }

    /// <summary>Moves a file out of the trash again, to where it was, if it is not there anew.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public void Return(string taken, string path, Removal removal)
    {
        try
        {
            Write("return", Path.GetFileName(path), removal);
            TryMove(taken, path);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, path);
        }
    }

    /// <summary>Deletes what has been in the trash for so long; what bears no time is left alone.</summary>
    /// <exception cref="DigitizerException">OutputNotWritable.</exception>
    public IReadOnlyList<string> Purge(TimeSpan age, Removal removal)
    {
        var before = time.GetUtcNow() - age;
        var purged = new List<string>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal).Where(p => TakenOut(p) <= before))
            {
                Write("purge", Path.GetFileName(path), removal);
                File.Delete(path);
                purged.Add(Path.GetFileName(path));
            }

            PosixFiles.FlushFolder(Folder);
            return purged;
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, Folder);
        }
    }

    /// <summary>Names of what is in the trash, as they were in the vault.</summary>
    public IEnumerable<string> Names() => Directory.EnumerateFiles(Folder).Where(p => TakenOut(p) is not null).Select(p => Path.GetFileName(p)[(TimeLength + 1)..]);

    /// <summary>How many files <see cref="Purge"/> would delete.</summary>
    public int CountOlder(TimeSpan age)
    {
        var before = time.GetUtcNow() - age;
        return Directory.EnumerateFiles(Folder).Count(p => TakenOut(p) <= before);
    }

    private static bool TryMove(string from, string to)
    {
        if (!PosixFiles.TryRenameNew(from, to))
        {
            return false;
        }

        PosixFiles.FlushFolder(Path.GetDirectoryName(to)!);
        PosixFiles.FlushFolder(Path.GetDirectoryName(from)!);
        return true;
    }

    private static DateTimeOffset? TakenOut(string path) => DateTimeOffset.TryParseExact(
        Path.GetFileName(path).Split('.')[0], DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private void Write(string act, string file, Removal removal)
    {
        var line = new RemovalLine(time.GetUtcNow(), act, file, removal.Who, removal.Why);
        using var stream = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.Read);
        JsonSerializer.Serialize(stream, line, VaultJsonContext.Default.RemovalLine);
        stream.WriteByte((byte)'\n');
        stream.Flush();
        PosixFiles.Flush(stream.SafeFileHandle, log);
    }
}

/// <summary>Generated serializers.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RemovalLine))]
internal sealed partial class VaultJsonContext : JsonSerializerContext;
