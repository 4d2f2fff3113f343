using System.Runtime.CompilerServices;
using Digitizer.Native;

namespace Digitizer.Tests.Support;

/// <summary>As in page-workers: with OpenMP's threads a page costs several times the CPU.</summary>
internal static class OneThread
{
    // libgomp reads it when it is loaded, with the first engine of whatever test.
    [ModuleInitializer]
    internal static void Set() => PosixProcess.SetEnvironment("OMP_THREAD_LIMIT", "1");
}
