using System.Net;
using System.Net.Sockets;

namespace Digitizer.Worker.Api.Access;

/// <summary>Refuses an address for a minute that has brought too much within a minute that does not let in.</summary>
/// <param name="time">The clock.</param>
internal sealed class GuessGuard(TimeProvider time)
{
    /// <summary>So many are too much.</summary>
    public const int MaxFailures = 20;

    /// <summary>So many addresses are remembered.</summary>
    public const int MaxAddresses = 10_000;

    private const int NetworkBytes = 8;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock turn = new();
    private readonly Dictionary<IPAddress, Record> records = [];

    /// <summary>How many addresses are remembered now.</summary>
    public int Remembered
    {
        get
        {
            lock (turn)
            {
                return records.Count;
            }
        }
    }

    /// <summary>How long the address is refused yet; null if it is not.</summary>
    public TimeSpan? Remaining(IPAddress? address)
    {
        lock (turn)
        {
            return records.TryGetValue(Who(address), out var record) && record.Failures >= MaxFailures && Left(record) is var left && left > TimeSpan.Zero ? left : null;
        }
    }

    /// <summary>Remembers a failure.</summary>
    /// <returns>True if with this one it is too much.</returns>
    public bool Failed(IPAddress? address)
    {
        lock (turn)
        {
            var who = Who(address);
            var record = records.TryGetValue(who, out var known) && Left(known) > TimeSpan.Zero ? known : new Record(0, time.GetTimestamp());

            // The minute of refusal begins with the failure that brings it.
            var failures = record.Failures + 1;
            MakeRoom(who);
            records[who] = new Record(failures, failures == MaxFailures ? time.GetTimestamp() : record.Since);
            return failures == MaxFailures;
        }
    }

    private TimeSpan Left(Record record) => Minute - time.GetElapsedTime(record.Since);

    private void MakeRoom(IPAddress who)
    {
        if (records.Count < MaxAddresses || records.ContainsKey(who))
        {
            return;
        }

        foreach (var over in records.Where(r => Left(r.Value) <= TimeSpan.Zero).Select(r => r.Key).ToList())
        {
            records.Remove(over);
        }

        if (records.Count >= MaxAddresses)
        {
            // So many at once come from many machines; the oldest has least of its minute left.
            records.Remove(records.MinBy(r => r.Value.Since).Key);
        }
    }

    // Whoever has an IPv6 address has 2^64 of them.
    private static IPAddress Who(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return plain;
        }

        var bytes = plain.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    private readonly record struct Record(int Failures, long Since);
}
