using Digitizer.Native;

namespace Digitizer.Cleanup;

/// <summary>A straight line of a frame or table, or an underline.</summary>
/// <param name="Box">In pixels of the working copy.</param>
/// <param name="IsAcross">Horizontal; else vertical.</param>
internal readonly record struct RuleLine(PixBox Box, bool IsAcross);
