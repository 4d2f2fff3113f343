namespace Digitizer.Tests.Conformance;

/// <summary>Dictionaries of small pictures.</summary>
internal static class Images
{
    public const string Entries = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8";
}
