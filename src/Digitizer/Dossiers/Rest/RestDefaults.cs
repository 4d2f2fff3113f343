namespace Digitizer.Dossiers.Rest;

/// <summary>One call with nothing left open.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Template.</param>
/// <param name="Headers">Templates by name.</param>
/// <param name="Body">JSON template; empty for none.</param>
/// <param name="FileField">For an upload.</param>
internal sealed record RestCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, string FileField);

/// <summary>The calls of an interface: what was configured, and where nothing was, what <c>samples/dossier-server</c> understands.</summary>
internal sealed record RestCalls(RestCall Attach, RestCall? Upload, RestCall? Find, RestCall? Content, RestCall? Dossier)
{
    /// <summary>Path of a call that the system does not have.</summary>
    public const string None = "-";

    private const string Document = "dossiers/{dossier}/documents/{document}";

    // Names as provincial systems have them since 2026: an id and a hash for each file that was uploaded.
    private const string UploadBody = """
        {"MaHoSo":"{dossier}","IdTaiLieu":"{document}","PhienBan":"{revision}","Khoa":"{key}",
         "ThanhPhanHoSo":[{"TenThanhPhanHoSo":"{name}","SoLuong":"1","GiayToDinhKem":[
           {"IdGiayTo":"{pdf.id}","TenGiayTo":"{pdf.name}","HashTepTin":"{pdf.sha256}"},
           {"IdGiayTo":"{txt.id}","TenGiayTo":"{txt.name}","HashTepTin":"{txt.sha256}"},
           {"IdGiayTo":"{json.id}","TenGiayTo":"{json.name}","HashTepTin":"{json.sha256}"}]}]}
        """;

    // The older style: attachments are links.
    private const string LinkBody = """
        {"MaHoSo":"{dossier}","IdTaiLieu":"{document}","PhienBan":"{revision}","Khoa":"{key}","NgayGui":"{decided:yyyyMMddHHmmss}",
         "TaiLieuNop":[
           {"TepDinhKemId":"{document}-pdf","TenTepDinhKem":"{pdf.name}","IsDeleted":"0","DuongDanTaiTepTin":"{pdf.link}","HashTepTin":"{pdf.sha256}","DuocSoHoa":"1"},
           {"TepDinhKemId":"{document}-txt","TenTepDinhKem":"{txt.name}","IsDeleted":"0","DuongDanTaiTepTin":"{txt.link}","HashTepTin":"{txt.sha256}","DuocSoHoa":"1"},
           {"TepDinhKemId":"{document}-json","TenTepDinhKem":"{json.name}","IsDeleted":"0","DuongDanTaiTepTin":"{json.link}","HashTepTin":"{json.sha256}","DuocSoHoa":"1"}]}
        """;

    public static RestCalls Of(RestDossierOptions options) => new(
        Fill(options.Attach, options.Keyed ? "PUT" : "POST", options.Keyed ? Document : "dossiers/{dossier}/documents", options.Style == RestStyle.Upload ? UploadBody : LinkBody)!,
        options.Style == RestStyle.Upload ? Fill(options.Upload, "POST", "files", "") : null,
        Fill(options.Find, "GET", Document, ""),
        Fill(options.Content, "GET", Document + "/content", ""),
        Fill(options.Dossier, "GET", None, ""));

    /// <summary>Kinds of files that are handed over.</summary>
    public static IReadOnlyList<string> Kinds(RestDossierOptions options) => options.Files.Count > 0 ? [.. options.Files] : ["pdf", "txt", "json"];

    private static RestCall? Fill(RestCallOptions call, string method, string path, string body) => (call.Path.Length > 0 ? call.Path : path) == None ? null : new RestCall(
        call.Method.Length > 0 ? call.Method : method,
        call.Path.Length > 0 ? call.Path : path,
        call.Headers.AsReadOnly(),
        call.Body.Length > 0 ? call.Body : body,
        call.FileField.Length > 0 ? call.FileField : "file");
}
