using System.Numerics;

namespace Digitizer.Pages.Jbig2;

/// <summary>The arithmetic coder of JBIG2 (ITU-T T.88, E.2; figures are those of the standard).</summary>
/// <param name="contexts">How many contexts there are.</param>
internal sealed class MqEncoder(int contexts)
{
    private const uint Half = 0x8000;
    private const uint Carry = 0x800_0000;
    private const byte Stuffed = 0xFF;
    private const byte EndMarker = 0xAC;

    private readonly byte[] states = new byte[contexts];

    // The first byte is never sent: it is the one before the first, as in figure E.10.
    private byte[] coded = new byte[16 * 1024];
    private int last;

    // Interval, its base, and shifts until the next byte is whole: A, C and CT of figure E.10.
    private uint interval = Half;
    private uint code;
    private int free = 12;

    /// <summary>Bytes yet.</summary>
    public int Length => last;

    /// <summary>Codes one symbol (figures E.3 to E.7).</summary>
    /// <param name="context">Where it stands.</param>
    /// <param name="bit">0 or 1.</param>
    public void Encode(int context, int bit)
    {
        ref var state = ref states[context];
        var step = MqStates.Steps[state];
        var estimate = step >> 16;
        interval -= estimate;
        if ((state & 1) == bit)
        {
            if (interval >= Half)
            {
                code += estimate;
                return;
            }

            Take(lower: interval < estimate, estimate);
            state = (byte)(step >> 8);
        }
        else
        {
            Take(lower: interval >= estimate, estimate);
            state = (byte)step;
        }

        Renormalise();
    }

    /// <summary>Codes a symbol many times over, as <see cref="Encode"/> would one by one.</summary>
    /// <param name="context">Where all of them stand.</param>
    /// <param name="bit">0 or 1.</param>
    /// <param name="count">How many.</param>
    public void EncodeRun(int context, int bit, int count)
    {
        while (count > 0)
        {
            var state = states[context];
            if ((state & 1) == bit)
            {
                // As many as leave the interval so wide that nothing else happens.
                var estimate = MqStates.Steps[state] >> 16;
                var many = Math.Min((uint)count, (interval - Half) / estimate);
                interval -= many * estimate;
                code += many * estimate;
                count -= (int)many;
            }

            if (count > 0)
            {
                Encode(context, bit);
                count--;
            }
        }
    }

    /// <summary>Ends the data (figures E.11 and E.12).</summary>
    /// <returns>All of it, with the marker FF AC.</returns>
    public ReadOnlySpan<byte> Finish()
    {
        var end = code + interval;
        code |= 0xFFFF;
        if (code >= end)
        {
            code -= Half;
        }

        code <<= free;
        ByteOut();
        code <<= free;
        ByteOut();
        if (coded[last] != Stuffed)
        {
            Append(Stuffed);
        }

        Append(EndMarker);
        return coded.AsSpan(1, last);
    }

    /// <summary>Narrows the interval to its lower part, which is as wide as the estimate, or to what lies above.</summary>
    private void Take(bool lower, uint estimate)
    {
        if (lower)
        {
            interval = estimate;
        }
        else
        {
            code += estimate;
        }
    }

    /// <summary>Figure E.8, as many shifts at a time as there are to the next whole byte.</summary>
    private void Renormalise()
    {
        var shifts = BitOperations.LeadingZeroCount(interval) - BitOperations.LeadingZeroCount(Half);
        interval <<= shifts;
        while (shifts >= free)
        {
            code <<= free;
            shifts -= free;
            ByteOut();
        }

        code <<= shifts;
        free -= shifts;
    }

    /// <summary>Figure E.9: a bit of room after FF takes up a later carry.</summary>
    private void ByteOut()
    {
        if (coded[last] != Stuffed && code >= Carry)
        {
            coded[last]++;
            code &= Carry - 1;
        }

        var isStuffed = coded[last] == Stuffed;
        free = isStuffed ? 7 : 8;
        var kept = 27 - free;
        Append((byte)(code >> kept));
        code &= (1u << kept) - 1;
    }

    private void Append(byte value)
    {
        if (++last == coded.Length)
        {
            Array.Resize(ref coded, 2 * coded.Length);
        }

        coded[last] = value;
    }
}
