using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>A call to the C library failed.</summary>
/// <param name="operation">The call, for instance <c>fsync</c>.</param>
/// <param name="path">What it was asked to work on.</param>
/// <param name="error">The number of the error, as <c>errno</c> holds it.</param>
internal sealed class PosixException(string operation, string path, int error)
    : IOException($"{operation} {path}: {Marshal.GetPInvokeErrorMessage(error)}", error);
