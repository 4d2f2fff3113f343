namespace Digitizer.Intake.Completeness;

/// <summary>CRC-32 as PNG uses it (ISO 3309), eight bytes at a time over eight tables.</summary>
internal static class Crc32
{
    private static readonly uint[][] Tables = Build();

    public static uint Of(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Goes on with what has a checksum already; 0 for nothing yet.</summary>
    public static uint Append(uint before, ReadOnlySpan<byte> data)
    {
        var crc = ~before;
        while (data.Length >= 8)
        {
            var low = crc ^ BitConverter.ToUInt32(data);
            crc = Tables[7][low & 255] ^ Tables[6][(low >> 8) & 255] ^ Tables[5][(low >> 16) & 255] ^ Tables[4][low >> 24]
                ^ Tables[3][data[4]] ^ Tables[2][data[5]] ^ Tables[1][data[6]] ^ Tables[0][data[7]];
            data = data[8..];
        }

        foreach (var b in data)
        {
            crc = (crc >> 8) ^ Tables[0][(crc ^ b) & 255];
        }

        return ~crc;
    }

    private static uint[][] Build()
    {
        var tables = new uint[8][];
        for (var t = 0; t < 8; t++)
        {
            tables[t] = new uint[256];
            for (var i = 0u; i < 256; i++)
            {
                tables[t][i] = t == 0 ? Entry(i) : (tables[t - 1][i] >> 8) ^ tables[0][tables[t - 1][i] & 255];
            }
        }

        return tables;
    }

    private static uint Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320u : value >> 1;
        }

        return value;
    }
}
