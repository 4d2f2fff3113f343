using System.Text;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.Intake.DropFolders;
using Digitizer.Vault;

namespace Digitizer.Tests.Support.DropFolders;

/// <summary>A receiver that keeps its units in a text file, a line each, so that another process or a later one knows them.</summary>
internal sealed class FileLedger : IReceiver
{
    private readonly string path;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Line> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Line> firstOf = new(StringComparer.Ordinal);

    public FileLedger(string path)
    {
        this.path = path;
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : [])
        {
            Add(Line.Parse(line));
        }
    }

    /// <summary>One unit.</summary>
    public sealed record Line(string Unit, string Key, string Source, string Sha256, string Shown, string Refusal, string Dossier, string Batch, string Files)
    {
        public static Line Parse(string text)
        {
            var parts = text.Split('\t');
            return new Line(parts[0], parts[1], parts[2], parts[3], Encoding.UTF8.GetString(Convert.FromBase64String(parts[4])), parts[5], parts[6], parts[7], parts[8]);
        }

        public override string ToString()
            => string.Join('\t', Unit, Key, Source, Sha256, Convert.ToBase64String(Encoding.UTF8.GetBytes(Shown)), Refusal, Dossier, Batch, Files);

        /// <summary>What the vault holds of it.</summary>
        public IEnumerable<OriginalName> Originals => Files.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(OriginalName.TryParse).OfType<OriginalName>();
    }

    public IReadOnlyList<Line> Lines
    {
        get
        {
            lock (gate)
            {
                return [.. byKey.Values];
            }
        }
    }

    /// <summary>Arrivals as they came, of this process.</summary>
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Units with the content of an earlier one.</summary>
    public int Flagged { get; private set; }

    /// <summary>While true, nothing is accepted.</summary>
    public bool IsDown { get; set; }

    /// <summary>Called before an arrival is written down: a test may let the process die here.</summary>
    public Action<Arrival>? Before { get; set; }

    /// <summary>Called after an arrival was written down.</summary>
    public Action<Arrival>? After { get; set; }

    public IEnumerable<Line> Accepted => Lines.Where(l => l.Refusal.Length == 0);

    public IEnumerable<Line> Refused => Lines.Where(l => l.Refusal.Length > 0);

    public ReadOnlyMemory<byte> SideCarOf(Arrival arrival, OriginalName original) => "{}"u8.ToArray();

    public Task<Acceptance> AcceptAsync(Arrival arrival, CancellationToken cancellation)
    {
        Before?.Invoke(arrival);
        if (IsDown)
        {
            throw new DigitizerException(FailureKind.OutputNotWritable, "The ledger is down. Wait.");
        }

        lock (gate)
        {
            if (byKey.TryGetValue(arrival.Key, out var known))
            {
                _ = UnitId.TryParse(known.Unit, out var unit);
                return Task.FromResult(new Acceptance(unit, WasKnown: true));
            }

            var sha256 = arrival.Original?.Sha256 ?? "";
            UnitId? same = sha256.Length > 0 && firstOf.TryGetValue(sha256, out var earlier) && UnitId.TryParse(earlier.Unit, out var id) ? id : null;
            Flagged += same is null ? 0 : 1;
            var line = new Line(
                arrival.Unit.ToString(), arrival.Key, arrival.Source, sha256, arrival.Shown, arrival.Refusal?.Kind.ToString() ?? "",
                arrival.Dossier.Dossier?.Code ?? "", arrival.Batch?.Batch ?? "", string.Join(' ', arrival.Originals));
            File.AppendAllText(path, line + "\n");
            Add(line);
            Arrivals.Add(arrival);
            After?.Invoke(arrival);
            return Task.FromResult(new Acceptance(arrival.Unit, WasKnown: false, same));
        }
    }

    public Task<UnitId?> FindAsync(string key, CancellationToken cancellation)
    {
        lock (gate)
        {
            return Task.FromResult<UnitId?>(byKey.TryGetValue(key, out var known) && UnitId.TryParse(known.Unit, out var unit) ? unit : null);
        }
    }

    public async IAsyncEnumerable<OriginalName> OriginalsAsync(string source, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var original in Lines.Where(l => l.Source == source).SelectMany(l => l.Originals))
        {
            yield return original;
        }
    }

    public Task<UnitId?> FindFileAsync(UnitId file, CancellationToken cancellation)
        => Task.FromResult<UnitId?>(Lines.FirstOrDefault(l => l.Originals.Any(o => o.Unit == file.ToString())) is { } line && UnitId.TryParse(line.Unit, out var unit) ? unit : null);

    private void Add(Line line)
    {
        byKey[line.Key] = line;
        firstOf.TryAdd(line.Sha256, line);
    }
}
