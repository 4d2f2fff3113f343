using System.Runtime.InteropServices;
using System.Text;
using static Digitizer.Native.QpdfImports;

namespace Digitizer.Native;

/// <summary>
/// An object of a <see cref="QpdfFile"/>, references followed. Asking for what it is not gives null
/// or nothing, never an error. Names are Latin-1, without the slash. Valid until the file's
/// <see cref="QpdfFile.ReleaseObjects"/>.
/// </summary>
internal readonly unsafe struct QpdfObject(QpdfFile file, uint handle)
{
    // qpdf_object_type_e
    private const int Boolean = 3;
    private const int Real = 5;
    private const int Text = 6;
    private const int NameCode = 7;
    private const int Array = 8;
    private const int Dictionary = 9;
    private const int Stream = 10;
    private const int FirstOfTheFile = 3;
    private const int Errors = 2;

    public bool IsNothing => Type < FirstOfTheFile;

    public bool IsText => Type == Text;

    public bool IsArray => Type == Array;

    public bool IsDictionary => Type == Dictionary;

    public bool IsStream => Type == Stream;

    /// <summary>Object number, 0 for a direct object.</summary>
    public int Id => file is null ? 0 : qpdf_oh_get_object_id(file.Handle, handle);

    public int Generation => file is null ? 0 : qpdf_oh_get_generation(file.Handle, handle);

    public bool? Flag => file is not null && qpdf_oh_get_value_as_bool(file.Handle, handle, out var value) != 0 ? value != 0 : null;

    public long? Integer => file is not null && qpdf_oh_get_value_as_longlong(file.Handle, handle, out var value) != 0 ? value : null;

    public double? Number => file is not null && qpdf_oh_get_value_as_number(file.Handle, handle, out var value) != 0 && double.IsFinite(value) ? value : null;

    public bool IsFlag => Type == Boolean;

    /// <summary>A number with a fraction, as it is written.</summary>
    public string? RealText => Type == Real ? Marshal.PtrToStringUTF8((nint)qpdf_oh_get_real_value(file.Handle, handle)) : null;

    public string? Name => Type == NameCode && qpdf_oh_get_value_as_name(file.Handle, handle, out var value, out var length) != 0
        ? Encoding.Latin1.GetString(value + 1, checked((int)length) - 1)
        : null;

    /// <summary>The bytes of a string.</summary>
    public byte[]? Bytes => IsText && qpdf_oh_get_binary_string_value(file.Handle, handle, out var length) is var value && value != null
        ? new ReadOnlySpan<byte>(value, checked((int)length)).ToArray()
        : null;

    /// <summary>Items of an array; 0 for anything else.</summary>
    public int Count => IsArray ? qpdf_oh_get_array_n_items(file.Handle, handle) : 0;

    private int Type => file is null ? 0 : qpdf_oh_get_type_code(file.Handle, handle);

    /// <summary>The entry of a dictionary, or of a stream's dictionary.</summary>
    /// <param name="key">Without the slash.</param>
    public QpdfObject this[string key]
    {
        get
        {
            var entries = Entries();
            if (entries == 0)
            {
                return default;
            }

            Span<byte> bytes = key.Length < 64 ? stackalloc byte[key.Length + 2] : new byte[key.Length + 2];
            bytes[0] = (byte)'/';
            Encoding.Latin1.GetBytes(key, bytes[1..]);
            bytes[^1] = 0;
            fixed (byte* name = bytes)
            {
                return new QpdfObject(file, qpdf_oh_get_key(file.Handle, entries, name));
            }
        }
    }

    /// <summary>The item of an array; nothing beyond its end.</summary>
    public QpdfObject this[int index] => index >= 0 && index < Count ? new QpdfObject(file, qpdf_oh_get_array_item(file.Handle, handle, index)) : default;

    /// <summary>Keys of a dictionary, without the slash.</summary>
    public IReadOnlyList<string> Keys()
    {
        var keys = new List<string>();
        var entries = Entries();
        if (entries != 0)
        {
            qpdf_oh_begin_dict_key_iter(file.Handle, entries);
            while (qpdf_oh_dict_more_keys(file.Handle) != 0)
            {
                var key = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(qpdf_oh_dict_next_key(file.Handle));
                keys.Add(Encoding.Latin1.GetString(key[1..]));
            }
        }

        return keys;
    }

    /// <summary>The coded bytes of a stream, no filter applied, where libqpdf put them: nothing of the size of a picture is left to be collected.</summary>
    /// <exception cref="NativeException">It is no stream, or its data cannot be had.</exception>
    public T ReadRaw<T>(Func<ReadOnlySpan<byte>, T> use)
    {
        if (!IsStream || (qpdf_oh_get_stream_data(file.Handle, handle, 0, null, out var data, out var length) & Errors) != 0)
        {
            throw new NativeException("libqpdf refused: qpdf_oh_get_stream_data.");
        }

        try
        {
            return use(new ReadOnlySpan<byte>(data, checked((int)length)));
        }
        finally
        {
            // malloc'ed by the library, which uses the C library's heap as NativeMemory does.
            NativeMemory.Free(data);
        }
    }

    private uint Entries() => Type switch
    {
        Dictionary => handle,
        Stream => qpdf_oh_get_dict(file.Handle, handle),
        _ => 0,
    };
}
