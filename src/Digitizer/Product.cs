using System.Reflection;

namespace Digitizer;

/// <summary>Who made a file.</summary>
internal static class Product
{
    /// <summary>For instance 0.1.0.</summary>
    public static string Version { get; } = typeof(Product).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>For instance Digitizer 0.1.0.</summary>
    public static string NameAndVersion => "Digitizer " + Version;
}
