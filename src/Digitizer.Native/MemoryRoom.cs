using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>What the C library could still allocate under this process's limits.</summary>
internal static unsafe class MemoryRoom
{
    /// <summary>True if <paramref name="bytes"/> can be had in one piece; nothing of it is touched or kept.</summary>
    public static bool IsThere(long bytes)
    {
        try
        {
            NativeMemory.Free(NativeMemory.Alloc((nuint)bytes));
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
