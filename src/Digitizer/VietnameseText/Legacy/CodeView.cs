namespace Digitizer.VietnameseText.Legacy;

/// <summary>The code page by which whoever read a page turned the codes of its fonts into characters.</summary>
internal enum CodeView
{
    /// <summary>Latin-1 or Windows-1252: they differ only where one of them has control codes.</summary>
    Windows,

    /// <summary>MacRoman.</summary>
    Mac,
}
