using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>The places for workers. One lease at a time holds a place; what it leaves there, the next finds.</summary>
internal sealed class WorkerSlots(int count, TimeProvider time) : IAsyncDisposable
{
    private readonly TimeProvider time = time;
    private readonly SemaphoreSlim free = new(count, count);
    private readonly List<Slot> idle = [.. Enumerable.Range(0, count).Select(_ => new Slot())];
    private readonly List<Slot> all = [];
    private readonly Lock gate = new();

    public IReadOnlyList<int> ProcessIds
    {
        get
        {
            lock (gate)
            {
                return [.. all.Select(slot => slot.Worker?.ProcessId).OfType<int>()];
            }
        }
    }

    /// <summary>Waits for a place: one whose worker holds <paramref name="unit"/> if there is one, else one with a worker, else an empty one.</summary>
    public async Task<Lease> LeaseAsync(string? unit, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        lock (gate)
        {
            var slot = idle.Find(s => s.Worker is not null && s.Worker.Unit == unit) ?? idle.Find(s => s.Worker is not null) ?? idle[0];
            idle.Remove(slot);
            if (!all.Contains(slot))
            {
                all.Add(slot);
            }

            return new Lease(this, slot);
        }
    }

    /// <summary>Ends all workers. Leases that are out end with their own requests.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < count; i++)
        {
            await free.WaitAsync(CancellationToken.None);
        }

        foreach (var slot in all)
        {
            if (slot.Worker is { } worker)
            {
                await worker.RetireAsync(time);
            }
        }

        free.Dispose();
    }

    private void Return(Slot slot)
    {
        lock (gate)
        {
            idle.Add(slot);
        }

        free.Release();
    }

    /// <summary>A place held by one request.</summary>
    internal sealed class Lease(WorkerSlots slots, Slot slot) : IDisposable
    {
        public WorkerProcess? Worker
        {
            get => slot.Worker;
            set => slot.Worker = value;
        }

        public EngineInfo? Engine
        {
            get => slot.Engine;
            set => slot.Engine = value;
        }

        /// <summary>Ends the worker; the next request starts a fresh one.</summary>
        public async Task EmptyAsync()
        {
            if (slot.Worker is { } worker)
            {
                slot.Worker = null;
                await worker.DisposeAsync();
            }
        }

        /// <summary>As <see cref="EmptyAsync"/>, for a worker that did nothing wrong.</summary>
        public async Task RetireAsync()
        {
            if (slot.Worker is { } worker)
            {
                slot.Worker = null;
                await worker.RetireAsync(slots.time);
            }
        }

        public void Dispose() => slots.Return(slot);
    }

    /// <summary>A place for a worker.</summary>
    internal sealed class Slot
    {
        public WorkerProcess? Worker { get; set; }

        public EngineInfo? Engine { get; set; }
    }
}
