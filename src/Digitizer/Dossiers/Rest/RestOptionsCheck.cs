using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Digitizer.Network;
using Digitizer.Workspace;

namespace Digitizer.Dossiers.Rest;

/// <summary>Finds all that is wrong with the options of a dossier system, before anything is sent.</summary>
internal static class RestOptionsCheck
{
    private static readonly string[] Kinds = ["pdf", "txt", "json"];

    /// <summary>The problems, each on a line that says which option; none if all is well.</summary>
    public static IReadOnlyList<string> Problems(RestDossierOptions options)
    {
        var address = AddressProblems("Address", options.Address, options.AllowPlainHttp);
        List<string> problems = [.. address, .. Ranges(options), .. Ranges(options.Access), .. Ranges(options.Links), .. FileProblems(options), .. ReplyProblems(options)];
        if (address.Count == 0)
        {
            problems.AddRange(AccessProblems(options));
        }

        var calls = RestCalls.Of(options);
        problems.AddRange(CallProblems("Attach", calls.Attach, isJson: true));
        problems.AddRange(CallProblems("Upload", calls.Upload, isJson: false));
        problems.AddRange(CallProblems("Find", calls.Find, isJson: false));
        problems.AddRange(CallProblems("Content", calls.Content, isJson: false));
        problems.AddRange(CallProblems("Dossier", calls.Dossier, isJson: false));
        if (options.Attach.Path == RestCalls.None)
        {
            problems.Add("Attach:Path: a dossier system that nothing can be attached to is none");
        }

        return problems;
    }

    private static IEnumerable<string> Ranges(object options)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(r => r.ErrorMessage!);
    }

    private static List<string> AddressProblems(string option, string value, bool allowPlainHttp)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return [$"{option}: '{value}' is not an address such as https://kho.tinh.gov.vn/api/"];
        }

        List<string> problems = [];
        if (!value.EndsWith('/') || uri.Query.Length > 0 || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            problems.Add($"{option}: it must end with a slash and hold no user, query or fragment");
        }

        if (uri.Scheme == "http" && !allowPlainHttp && !Outbound.IsThisMachine(uri.IdnHost))
        {
            problems.Add($"{option}: http lets everybody on the way read and change documents; use https, or set AllowPlainHttp");
        }

        return problems;
    }

    private static IEnumerable<string> FileProblems(RestDossierOptions options)
    {
        if (options.Files.Count > 0 && (!options.Files.Contains("pdf") || options.Files.Any(f => !Kinds.Contains(f))))
        {
            yield return "Files: pdf, and if wanted txt and json";
        }

        if (options.TrustedRootsFile.Length > 0 && !File.Exists(options.TrustedRootsFile))
        {
            yield return $"TrustedRootsFile: {options.TrustedRootsFile} does not exist";
        }

        if (options.Style != RestStyle.Link)
        {
            yield break;
        }

        foreach (var problem in AddressProblems("Links:PublicAddress", options.Links.PublicAddress, options.AllowPlainHttp).Concat(LinkSecretProblems(options.Links)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> LinkSecretProblems(FileLinkOptions links)
    {
        foreach (var (option, file) in new[] { ("Links:SecretFile", links.SecretFile), ("Links:OldSecretFile", links.OldSecretFile) })
        {
            if (file.Length == 0 && option == "Links:OldSecretFile")
            {
                continue;
            }

            if (SecretFile.Problem(file) is { } problem)
            {
                yield return $"{option}: {problem}";
            }
            else if (new FileInfo(file).Length < FileLinks.SecretBytes)
            {
                yield return $"{option}: fewer than {FileLinks.SecretBytes} bytes; make one with 'openssl rand -out FILE 48'";
            }
        }
    }

    private static IEnumerable<string> ReplyProblems(RestDossierOptions options)
    {
        var reply = options.Reply;
        foreach (var path in new[] { reply.FileId, reply.FileHash, reply.DocumentId, reply.DocumentHash, reply.DocumentRevision, reply.DocumentLocation, reply.Code }.Where(p => !JsonPath.IsValid(p)))
        {
            yield return $"Reply: '{path}' is no path such as data.items[0].id";
        }

        if (reply.DocumentHash.Length == 0)
        {
            yield return "Reply:DocumentHash: without a digest nobody can tell if the dossier holds the right bytes";
        }

        if (options.Style == RestStyle.Upload && reply.FileId.Length == 0)
        {
            yield return "Reply:FileId: uploaded files need an id";
        }

        if (reply.Code.Length > 0 && reply.DoneCodes.Count == 0)
        {
            yield return "Reply:DoneCodes: none, so that no document would ever be attached";
        }
    }

    private static IEnumerable<string> AccessProblems(RestDossierOptions options)
    {
        var access = options.Access;
        if (access.Kind == RestAccessKind.None)
        {
            yield break;
        }

        if (access.SecretFile.Length == 0 == (access.SecretVariable.Length == 0))
        {
            yield return "Access: set SecretFile or SecretVariable, one of them";
        }

        if (access.SecretFile.Length > 0 && SecretFile.Problem(access.SecretFile) is { } problem)
        {
            yield return $"Access:SecretFile: {problem}";
        }

        if (access.Kind == RestAccessKind.ApiKey && access.Header.Length == 0)
        {
            yield return "Access:Header: which header carries the key";
        }

        if (access.Kind is not RestAccessKind.ApiKey && access.User.Length == 0)
        {
            yield return "Access:User: who logs in";
        }

        if (access.Kind is not (RestAccessKind.OAuth2 or RestAccessKind.Session))
        {
            yield break;
        }

        if (access.Address.Length == 0 || !Uri.TryCreate(new Uri(options.Address), access.Address, out var login)
            || (login.Scheme != "https" && !options.AllowPlainHttp && !Outbound.IsThisMachine(login.IdnHost)))
        {
            yield return "Access:Address: where tokens or sessions are given, https";
        }

        if (access.Kind == RestAccessKind.Session && BodyProblem(access.LoginBody, ["user", "secret"]) is { } body)
        {
            yield return $"Access:LoginBody: {body}";
        }
    }

    private static IEnumerable<string> CallProblems(string option, RestCall? call, bool isJson)
    {
        if (call is null)
        {
            yield break;
        }

        foreach (var name in call.Headers.Values.Append(call.Path).SelectMany(RestTemplate.Names).Where(n => !IsKnown(n)))
        {
            yield return $"{option}: no placeholder is called {{{name}}}";
        }

        if (call.Path.StartsWith('/') || call.Path.Contains("//", StringComparison.Ordinal) || call.Path.Split('/').Contains(".."))
        {
            yield return $"{option}:Path: relative to the address, without a slash at its start";
        }

        if ((isJson || call.Body.Length > 0) && BodyProblem(call.Body, null) is { } problem)
        {
            yield return $"{option}:Body: {problem}";
        }
    }

    private static string? BodyProblem(string body, string[]? names)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject)
            {
                return "not a JSON object";
            }
        }
        catch (JsonException e)
        {
            return $"not JSON (line {e.LineNumber + 1})";
        }

        return RestTemplate.Names(body).FirstOrDefault(n => names is null ? !IsKnown(n) : !names.Contains(n)) is { } unknown ? $"no placeholder is called {{{unknown}}}" : null;
    }

    private static bool IsKnown(string name)
        => RestValues.Plain.Contains(name)
        || name.StartsWith("decided:", StringComparison.Ordinal)
        || (name.Split('.') is [var kind, var what] && Kinds.Contains(kind) && RestValues.OfFile.Contains(what));
}
