namespace Digitizer.Native;

/// <summary>A native library refused a call, is missing, or has a version that does not fit.</summary>
/// <param name="message">What failed.</param>
public sealed class NativeException(string message) : Exception(message);
