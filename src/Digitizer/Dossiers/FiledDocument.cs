namespace Digitizer.Dossiers;

/// <summary>A document in its dossier.</summary>
/// <param name="Folder">Absolute path of the document's folder.</param>
/// <param name="WasThere">True if an earlier run had filed it.</param>
internal sealed record FiledDocument(string Folder, bool WasThere);
