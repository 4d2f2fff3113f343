using System.Text;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows;

/// <summary>Row D8: encrypted, restricted, signed and certified PDFs. Each is refused for its reason, handed on as it is, or it is said what was done: none is altered silently.</summary>
[Trait("Row", "D8")]
public sealed class RowD8SealedPdfs : IDisposable
{
    private const string Encrypted = "PdfEncrypted";
    private const string Restricted = "PdfRestricted";

    private static readonly string[] Lines = ["Quyết định về việc giải quyết hồ sơ", "Căn cứ Luật Tổ chức chính quyền địa phương"];

    private readonly TestProgram program = new();
    private readonly PdfTools tools = new();

    public void Dispose()
    {
        program.Dispose();
        tools.Dispose();
    }

    /// <summary>What must become of a file.</summary>
    /// <param name="Name">Of the file.</param>
    /// <param name="Content">Its bytes.</param>
    /// <param name="Kind">Why it is refused; null: it is taken in.</param>
    /// <param name="IsSealed">It is handed on byte for byte.</param>
    /// <param name="Rule">What the clerk is told; null: nothing is worth a word.</param>
    private sealed record Case(string Name, byte[] Content, string? Kind = null, bool IsSealed = false, string? Rule = null);

    [Fact]
    public async Task None_is_altered_silently()
    {
        var cases = Cases().ToList();
        var row = new Row("D8", cases.Count, cases.Count, cases.Count);
        cases.ForEach(c => program.Write($"in/{c.Name}.pdf", c.Content));
        var run = await program.RunAsync("process", "in");

        var refused = Exceptions.Of(program["out"]);
        var reasons = new List<string>();
        foreach (var one in cases)
        {
            var fault = refused.GetValueOrDefault(one.Name + ".pdf") is var kind && kind != one.Kind ? $"{kind ?? "taken in"} instead of {one.Kind ?? "taken in"}"
                : kind is null ? FaultOf(one)
                : File.Exists(program[$"out/{one.Name}.pdf"]) ? "refused, and filed all the same"
                : null;
            row.Trial(fault is null);
            if (fault is not null)
            {
                reasons.Add($"{one.Name}: {fault}");
            }
        }

        row.Report([.. reasons, .. reasons.Count > 0 ? [run.ToString()] : Array.Empty<string>()]);
    }

    private IEnumerable<Case> Cases()
    {
        var plain = Draft("");
        foreach (var (bits, options) in (IEnumerable<(string, string[])>)[("40", ["--allow-weak-crypto"]), ("128", ["--allow-weak-crypto"]), ("256", [])])
        {
            yield return new Case($"user-{bits}", Locked(plain, bits, "user", options), Encrypted);
            yield return new Case($"both-alike-{bits}", tools.Rewrite(plain, [.. options, "--encrypt", "same", "same", bits, "--"]), Encrypted);
            yield return new Case($"open-{bits}", Locked(plain, bits, "", options), Rule: "PDF-DECRYPTED");
        }

        foreach (var restriction in (string[])["--modify=none", "--modify=assembly", "--modify=form", "--modify=annotate", "--extract=n"])
        {
            yield return new Case($"owner{restriction}", tools.Rewrite(plain, "--encrypt", "", "owner", "256", restriction, "--"), Restricted);
        }

        yield return new Case("owner--print=none", tools.Rewrite(plain, "--encrypt", "", "owner", "256", "--print=none", "--"), Rule: "PDF-DECRYPTED");
        yield return new Case("restricted-aes-128", tools.Rewrite(plain, "--encrypt", "", "owner", "128", "--use-aes=y", "--modify=none", "--"), Restricted);

        var signed = Draft("/AcroForm << /SigFlags 3 /Fields [{0}] >>");
        yield return new Case("signed", signed, IsSealed: true);
        yield return new Case("signed-and-added-to", [.. signed, .. Appendix(signed)], IsSealed: true, Rule: "PDF-SIGNED-IN-PART");
        yield return new Case("signed-below-a-field", Draft("/AcroForm << /SigFlags 3 /Fields [<< /FT /Sig /T (a) /Kids [{0}] >>] >>"), IsSealed: true);
        yield return new Case("signed-without-flags", Draft("/AcroForm << /Fields [{0}] >>"), IsSealed: true);
        yield return new Case("certified", Draft("/AcroForm << /SigFlags 3 /Fields [{0}] >> /Perms << /DocMDP {1} >>"), IsSealed: true);
        yield return new Case("usage-rights", Draft("/Perms << /UR3 {1} >>"), IsSealed: true);
        yield return new Case("signed-scan", SignedPdf.Of("Ky", ScanPage.Blank), IsSealed: true);
        yield return new Case("signed-with-a-script", Draft("/AcroForm << /SigFlags 3 /Fields [{0}] >> /OpenAction << /S /JavaScript /JS (x) >>"), "PdfActiveContent");
        yield return new Case("unsigned-field", Draft("/AcroForm << /Fields [<< /FT /Sig /T (later) >>] >>"));
    }

    private byte[] Locked(byte[] plain, string bits, string user, string[] options) => tools.Rewrite(plain, [.. options, "--encrypt", user, "owner", bits, "--"]);

    /// <summary>A page of text; {0} is a signed field, {1} its signature.</summary>
    private static byte[] Draft(string catalog)
    {
        var pdf = new PdfDraft();
        pdf.Text(Lines);
        if (catalog.Length == 0)
        {
            return pdf.ToArray();
        }

        var value = pdf.Builder.Add(SignedPdf.Value);
        var field = pdf.Builder.Add($"<< /FT /Sig /T (Ky) /V {value} 0 R >>");
        return SignedPdf.Seal(pdf.ToArray(catalog.Replace("{0}", $"{field} 0 R", StringComparison.Ordinal).Replace("{1}", $"{value} 0 R", StringComparison.Ordinal)));
    }

    /// <summary>An update that changes nothing that is seen (ISO 32000-1, 7.5.6).</summary>
    private static byte[] Appendix(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var table = text.LastIndexOf("xref\n0 ", StringComparison.Ordinal);
        var trailer = text[text.LastIndexOf("<< /Size", StringComparison.Ordinal)..text.LastIndexOf(" >>\nstartxref", StringComparison.Ordinal)];
        var update = "999 0 obj\n(added)\nendobj\n";
        trailer = System.Text.RegularExpressions.Regex.Replace(trailer, @"/Size \d+", "/Size 1000");
        return Encoding.Latin1.GetBytes(FormattableString.Invariant($"{update}xref\n999 1\n{file.Length:0000000000} 00000 n \ntrailer\n{trailer} /Prev {table} >>\nstartxref\n{file.Length + update.Length}\n%%EOF\n"));
    }

    private string? FaultOf(Case one)
    {
        var pdf = program[$"out/{one.Name}.pdf"];
        if (!File.Exists(pdf))
        {
            return "no result";
        }

        if (one.IsSealed && !File.ReadAllBytes(pdf).AsSpan().SequenceEqual(one.Content))
        {
            return "the signed file was altered";
        }

        using var json = JsonDocument.Parse(File.ReadAllText(program[$"out/{one.Name}.json"]));
        var rules = json.RootElement.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()!).Where(id => id.StartsWith("PDF-", StringComparison.Ordinal)).ToList();
        return (json.RootElement.GetProperty("pdf").GetProperty("conformance").GetString() == "as-received") != one.IsSealed ? "the result says another thing than is true"
            : !rules.SequenceEqual(one.Rule is null ? [] : [one.Rule]) ? $"the clerk is told {string.Join(", ", rules)}"
            : one.Name == "signed-scan" || File.ReadAllText(program[$"out/{one.Name}.txt"]).Contains(Lines[0], StringComparison.Ordinal) ? null
            : "its text is another";
    }
}
