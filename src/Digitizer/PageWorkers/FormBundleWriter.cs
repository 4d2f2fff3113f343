using Digitizer.Pages.Pdf.Forms;

namespace Digitizer.PageWorkers;

/// <summary>Keeps account of the objects that a worker hands over: it may be in the hands of its file.</summary>
internal sealed class FormBundleWriter(ExportRequest request)
{
    private const int MostObjects = 1_000_000;

    // A file of the greatest length taken in, several times.
    private const long MostBytes = 4L << 30;
    private readonly SortedDictionary<int, (long At, long Length)> objects = [];
    private long at;

    /// <summary>Notes an object.</summary>
    /// <returns>False: it cannot be.</returns>
    public bool Add(int number, long length)
    {
        if (number < request.FirstNumber || number >= request.FirstNumber + MostObjects || length <= 0 || length > MostBytes - at || !objects.TryAdd(number, (at, length)))
        {
            return false;
        }

        at += length;
        return true;
    }

    /// <summary>The bundle, once all is there.</summary>
    /// <returns>Null: something is missing, or makes no sense.</returns>
    public FormBundle? Finish(string file, ExportedForms exported)
        => exported is { Forms: not null, Layers: not null }
            && exported.Next == request.FirstNumber + objects.Count && objects.Keys.Select((number, i) => number == request.FirstNumber + i).All(ok => ok)
            && !exported.Forms.Contains(null!) && !exported.Layers.Contains(null!)
            && exported.Forms.Select(f => f.Index).SequenceEqual(request.Pages) && exported.Forms.All(f => objects.ContainsKey(f.Number)) && exported.Layers.All(l => objects.ContainsKey(l.Number))
            ? new FormBundle(file, request.FirstNumber, [.. objects.Values], exported.Forms.ToDictionary(f => f.Index, f => f.Number), exported.Layers)
            : null;
}
