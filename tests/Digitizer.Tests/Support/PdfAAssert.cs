using Digitizer.Conformance;

namespace Digitizer.Tests.Support;

/// <summary>Holds every PDF that tests have written to PDF/A-2u.</summary>
internal static class PdfAAssert
{
    public static void Conforms(string pdf) => Assert.Equal("", string.Join('\n', PdfAConformance.Check(File.ReadAllBytes(pdf))));
}
