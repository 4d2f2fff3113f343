using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>The calls of libqpdf's C API (qpdf-c.h) that reading other people's PDFs needs.</summary>
internal static unsafe partial class QpdfImports
{
    private const string Lib = NativeLibraries.Qpdf;

    static QpdfImports() => NativeLibraries.Register();

    public static string Version() => Marshal.PtrToStringUTF8(qpdf_get_qpdf_version())!;

    [LibraryImport(Lib)] private static partial nint qpdf_get_qpdf_version();
    [LibraryImport(Lib)] public static partial nint qpdf_init();
    [LibraryImport(Lib)] public static partial void qpdf_cleanup(ref nint file);
    [LibraryImport(Lib)] public static partial void qpdf_silence_errors(QpdfHandle file);
    [LibraryImport(Lib)] public static partial void qpdf_set_suppress_warnings(QpdfHandle file, int value);
    [LibraryImport(Lib)] public static partial void qpdf_set_attempt_recovery(QpdfHandle file, int value);
    [LibraryImport(Lib)] public static partial int qpdf_read_memory(QpdfHandle file, byte* description, byte* buffer, ulong size, byte* password);
    [LibraryImport(Lib)] public static partial int qpdf_is_encrypted(QpdfHandle file);
    [LibraryImport(Lib)] public static partial int qpdf_allow_modify_other(QpdfHandle file);
    [LibraryImport(Lib)] public static partial int qpdf_allow_extract_all(QpdfHandle file);
    [LibraryImport(Lib)] public static partial int qpdf_has_error(QpdfHandle file);
    [LibraryImport(Lib)] public static partial nint qpdf_get_error(QpdfHandle file);
    [LibraryImport(Lib)] public static partial int qpdf_more_warnings(QpdfHandle file);
    [LibraryImport(Lib)] public static partial nint qpdf_next_warning(QpdfHandle file);
    [LibraryImport(Lib)] public static partial int qpdf_get_error_code(QpdfHandle file, nint error);
    [LibraryImport(Lib)] public static partial ulong qpdf_get_error_file_position(QpdfHandle file, nint error);

    [LibraryImport(Lib)] public static partial uint qpdf_get_trailer(QpdfHandle file);
    [LibraryImport(Lib)] public static partial uint qpdf_get_root(QpdfHandle file);
    [LibraryImport(Lib)] public static partial uint qpdf_get_object_by_id(QpdfHandle file, int id, int generation);
    [LibraryImport(Lib)] public static partial void qpdf_oh_release_all(QpdfHandle file);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_type_code(QpdfHandle file, uint handle);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_object_id(QpdfHandle file, uint handle);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_generation(QpdfHandle file, uint handle);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_value_as_bool(QpdfHandle file, uint handle, out int value);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_value_as_longlong(QpdfHandle file, uint handle, out long value);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_value_as_number(QpdfHandle file, uint handle, out double value);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_value_as_name(QpdfHandle file, uint handle, out byte* value, out nuint length);
    [LibraryImport(Lib)] public static partial byte* qpdf_oh_get_binary_string_value(QpdfHandle file, uint handle, out nuint length);
    [LibraryImport(Lib)] public static partial byte* qpdf_oh_get_real_value(QpdfHandle file, uint handle);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_array_n_items(QpdfHandle file, uint handle);
    [LibraryImport(Lib)] public static partial uint qpdf_oh_get_array_item(QpdfHandle file, uint handle, int index);
    [LibraryImport(Lib)] public static partial uint qpdf_oh_get_key(QpdfHandle file, uint handle, byte* key);
    [LibraryImport(Lib)] public static partial uint qpdf_oh_get_dict(QpdfHandle file, uint handle);
    [LibraryImport(Lib)] public static partial void qpdf_oh_begin_dict_key_iter(QpdfHandle file, uint handle);
    [LibraryImport(Lib)] public static partial int qpdf_oh_dict_more_keys(QpdfHandle file);
    [LibraryImport(Lib)] public static partial byte* qpdf_oh_dict_next_key(QpdfHandle file);
    [LibraryImport(Lib)] public static partial int qpdf_oh_get_stream_data(QpdfHandle file, uint handle, int level, int* filtered, out byte* data, out nuint length);
}
