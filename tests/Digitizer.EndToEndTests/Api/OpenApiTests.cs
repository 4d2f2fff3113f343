using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Digitizer.EndToEndTests.Support;
using Digitizer.Failures;
using Digitizer.Worker.Api;
using Digitizer.Worker.Api.Submissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Api;

/// <summary>The description of the API is what the API is.</summary>
public sealed partial class OpenApiTests : IDisposable
{
    // What may throw besides the API's own code and that of submissions.
    private static readonly string[] Further = ["SubmissionIntake.cs", "Intake/DossierKey.cs", "Intake/SourceFormats.cs", "Intake/DropFolders/Manifest.cs", "Service/JobsDesk.cs"];

    private readonly ApiUnderTest api = new();
    private readonly JsonElement description = JsonDocument.Parse(Reference.Description).RootElement;

    public void Dispose() => api.Dispose();

    [Fact]
    public async Task It_is_a_valid_description()
    {
        using var stream = new MemoryStream(Reference.Description);
        var read = await OpenApiDocument.LoadAsync(stream, "json");
        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public void It_names_every_endpoint_and_no_other()
    {
        using var app = WebApplication.CreateSlimBuilder().Build();
        var mapped = Mapped(app).Select(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single(), e.RoutePattern.RawText!.Replace(":int", "", StringComparison.Ordinal), e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName));
        var described = from path in description.GetProperty("paths").EnumerateObject()
                        from method in path.Value.EnumerateObject()
                        select (method.Name.ToUpperInvariant(), path.Name, method.Value.GetProperty("operationId").GetString()!);
        Assert.Equal(described.Order(), mapped.Order());
    }

    [Fact]
    public void It_names_every_parameter_and_no_other()
    {
        using var app = WebApplication.CreateSlimBuilder().Build();
        foreach (var endpoint in Mapped(app))
        {
            var name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName;
            var taken = name == "submit"
                ? SubmissionReader.OfQuery
                : endpoint.Metadata.GetMetadata<MethodInfo>()!.GetParameters().Where(p => p.ParameterType.IsPrimitive || p.ParameterType == typeof(string) || Nullable.GetUnderlyingType(p.ParameterType) is not null).Select(p => p.Name!);
            var described = Operation(name).GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() is "path" or "query").Select(p => p.GetProperty("name").GetString()!);
            Assert.Equal((name, string.Join(' ', taken.Order(StringComparer.Ordinal))), (name, string.Join(' ', described.Order(StringComparer.Ordinal))));
        }

        var form = Operation("submit").GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetProperty("schema").GetProperty("properties").EnumerateObject().Select(p => p.Name);
        Assert.Equal(SubmissionReader.OfForm.Concat(["file", "manifest"]).Order(StringComparer.Ordinal), form.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_kind_that_the_API_answers_has_its_example_under_its_status()
    {
        var kinds = Schema("Problem").GetProperty("properties").GetProperty("title").GetProperty("enum").EnumerateArray().Select(k => k.GetString()!).ToHashSet();
        var shown = from operation in Operations
                    from response in operation.GetProperty("responses").EnumerateObject()
                    from kind in KindsOf(response.Value)
                    select (kind, response.Name);
        Assert.Equal(kinds.Order(StringComparer.Ordinal), shown.Select(s => s.kind).Distinct().Order(StringComparer.Ordinal));
        Assert.All(shown, s => Assert.Equal((s.kind, s.Name), (s.kind, $"{ApiProblem.Of(Enum.Parse<FailureKind>(s.kind), "").Status}")));

        var sources = Path.Combine(Samples.Repository, "src");
        var answering = Directory.GetFiles(Path.Combine(sources, "Digitizer.Worker", "Api"), "*.cs")
            .Concat(Directory.GetFiles(Path.Combine(sources, "Digitizer.Worker", "Api", "Submissions")))
            .Concat(Directory.GetFiles(Path.Combine(sources, "Digitizer", "Intake", "Submissions")))
            .Concat(Further.Select(file => Path.Combine(sources, "Digitizer", file)));
        var thrown = answering.SelectMany(file => Thrown().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)).ToHashSet();
        Assert.True(thrown.Count > 10);
        Assert.Empty(thrown.Except(kinds));
    }

    [Fact]
    public void Its_examples_are_of_its_schemas()
    {
        var count = 0;
        foreach (var media in Media(description))
        {
            if (media.TryGetProperty("example", out var example) && example.ValueKind == JsonValueKind.Object)
            {
                AssertIs(media.GetProperty("schema"), example);
                count++;
            }

            foreach (var named in media.TryGetProperty("examples", out var examples) ? examples.EnumerateObject().ToList() : [])
            {
                AssertIs(media.GetProperty("schema"), named.Value.GetProperty("value"));
                count++;
            }
        }

        Assert.True(count > 20);
    }

    [Fact]
    public async Task Answers_are_of_its_schemas()
    {
        using var caller = await api.CallerAsync("--right", "submit,read,act", "--source", ApiUnderTest.Source);
        using var service = await api.StartAsync();
        var accepted = await caller.SubmitAsync("one", [("dossier", Code)], ("a.png", WhitePages.Png(1)));
        AssertIs(Schema("Submission"), accepted.Json);
        var settled = await caller.SettledAsync(accepted.Id);
        AssertIs(Schema("Submission"), settled);
        var (unit, document) = (settled.GetProperty("units")[0].GetProperty("id").GetString(), settled.GetProperty("units")[0].GetProperty("documents")[0].GetProperty("id").GetString());
        var loose = await caller.SettledAsync((await caller.SubmitAsync("two", [], ("b.png", WhitePages.Png(2)))).Id);
        AssertIs(Schema("Submission"), loose);
        foreach (var (path, schema) in new[]
        {
            ($"units/{unit}", "Unit"), ("units?count=1", "UnitPage"), ("exceptions", "UnitPage"), ($"units/{unit}/pages", "PageList"), ($"documents/{document}", "Document"), ($"documents/{document}/receipt", "Receipt"),
        })
        {
            var answer = await caller.GetAsync("/v1/" + path);
            Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
            AssertIs(Schema(schema), answer.Json);
        }

        var problem = await caller.SubmitAsync("one", [], ("a.png", WhitePages.Png(1)));
        AssertIs(Schema("Problem"), problem.Json);

        // Who has no key reads the description, and nothing else.
        using var nobody = api.Caller(null);
        Assert.Equal(Reference.Description, (await nobody.GetAsync("/openapi.json")).Body);
        var page = await nobody.GetAsync("/reference");
        Assert.Equal("text/html", page.Type);
        Assert.DoesNotContain("<script", System.Text.Encoding.UTF8.GetString(page.Body), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("style-src 'self'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("text/css", (await nobody.GetAsync("/reference.css")).Type);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/v1/units")).Status);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task Refusals_are_those_that_it_tells_of()
    {
        using var caller = await api.CallerAsync("--right", "submit,read,act");
        using var service = await api.StartAsync();
        (string, string)[] whole = [("source", ApiUnderTest.Source), ("dossier", Code)];
        var page = WhitePages.Png(1);
        var settled = await caller.SettledAsync((await caller.SubmitAsync("used", whole, ("a.png", page))).Id);
        var (unit, document) = (settled.GetProperty("units")[0].GetProperty("id").GetString(), settled.GetProperty("units")[0].GetProperty("documents")[0].GetProperty("id").GetString());

        // They are under way together, so each has a key of its own.
        foreach (var (kind, answer) in new (string, Task<Answer>)[]
        {
            ("IdempotencyKeyMissing", caller.SubmitAsync(null, whole, ("a.png", page))),
            ("IdempotencyKeyReused", caller.SubmitAsync("used", whole, ("b.png", page))),
            ("RequestInvalid", caller.SubmitAsync("1", whole)),
            ("RequestInvalid", caller.SubmitAsync("2", [.. whole, ("colour", "red")], ("a.png", page))),
            ("RequestInvalid", caller.SubmitAsync("3", [.. whole, ("name", "a.png")], ("a.png", page))),
            ("RequestInvalid", caller.SendAsync(HttpMethod.Post, $"/v1/submissions?dossier={Code}", new MultipartFormDataContent { { new ByteArrayContent(page), "file", "a.png" } }, "4")),
            ("SourceUnknown", caller.SubmitAsync("5", [], ("a.png", page))),
            ("ProfileUnknown", caller.SubmitAsync("6", [.. whole, ("profile", "x")], ("a.png", page))),
            ("DossierCodeInvalid", caller.SubmitAsync("7", [whole[0], ("dossier", "x")], ("a.png", page))),
            ("ManifestInvalid", caller.SubmitAsync("8", [.. whole, ("manifest", "{")], ("a.png", page))),
            ("FileEmpty", caller.SubmitAsync("9", whole, ("a.png", []))),
            ("FileIncomplete", caller.SubmitAsync("10", whole, ("a.png", page[..^20]))),
            ("FormatUnknown", caller.SubmitAsync("11", whole, ("a.txt", [1, 2, 3]))),
            ("FormatNotSupported", caller.SendAsync(HttpMethod.Post, "/v1/submissions", new StringContent("x"), "12")),
        })
        {
            AssertRefused("submit", kind, await answer);
        }

        foreach (var (operation, kind, method, path, body) in new[]
        {
            ("getSubmission", "RequestInvalid", "GET", "submissions/x?wait=99", null),
            ("getSubmission", "RequestInvalid", "GET", "submissions/x?wait=soon", null),
            ("getSubmission", "NotFound", "GET", "submissions/x", null),
            ("followSubmission", "NotFound", "GET", "submissions/x/events", null),
            ("listUnits", "RequestInvalid", "GET", "units?count=all", null),
            ("listExceptions", "RequestInvalid", "GET", "exceptions?count=0", null),
            ("getUnit", "NotFound", "GET", "units/x", null),
            ("getPages", "NotFound", "GET", "units/x/pages", null),
            ("getThumbnail", "NotFound", "GET", $"units/{unit}/pages/9/thumbnail", null),
            ("retryUnit", "ActNotPossible", "POST", $"units/{unit}/retry", null),
            ("cancelUnit", "ActNotPossible", "POST", $"units/{unit}/cancel", null),
            ("getPdf", "NotFound", "GET", "documents/x/pdf", null),
            ("assignDocument", "ActNotPossible", "POST", $"documents/{document}/assign", $$"""{"dossier":"{{Code}}"}"""),
            ("assignDocument", "DossierCodeInvalid", "POST", $"documents/{document}/assign", """{"dossier":"x"}"""),
            ("assignDocument", "RequestInvalid", "POST", $"documents/{document}/assign", "{}"),
            ("assignDocument", "RequestInvalid", "POST", $"documents/{document}/assign", """{"dossier":null}"""),
            ("assignDocument", "RequestInvalid", "POST", $"documents/{document}/assign", """{"dossier":"x","more":1}"""),
            ("assignDocument", "RequestInvalid", "POST", $"documents/{document}/assign", "{"),
        })
        {
            using var content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
            AssertRefused(operation, kind, await caller.SendAsync(new HttpMethod(method), "/v1/" + path, content));
        }

        using var text = new StringContent("x");
        AssertRefused("assignDocument", "FormatNotSupported", await caller.SendAsync(HttpMethod.Post, $"/v1/documents/{document}/assign", text));
        using var large = new StringContent(new string(' ', 2 << 20), new MediaTypeHeaderValue("application/json"));
        AssertRefused("assignDocument", "FileTooLarge", await caller.SendAsync(HttpMethod.Post, $"/v1/documents/{document}/assign", large));
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    [Fact]
    public async Task What_is_no_address_or_no_method_of_it_is_explained_to_callers_and_to_nobody_else()
    {
        using var caller = await api.CallerAsync();
        using var nobody = api.Caller(null);
        using var service = await api.StartAsync();
        foreach (var (status, kind, method, path) in new[]
        {
            (HttpStatusCode.NotFound, "NotFound", HttpMethod.Get, "/v1/nothing"),
            (HttpStatusCode.NotFound, "NotFound", HttpMethod.Get, "/v1/units/x/pages/one/thumbnail"),
            (HttpStatusCode.MethodNotAllowed, "RequestInvalid", HttpMethod.Delete, "/v1/units"),
            (HttpStatusCode.MethodNotAllowed, "RequestInvalid", HttpMethod.Get, "/v1/submissions"),
        })
        {
            var answer = await caller.SendAsync(method, path);
            Assert.Equal((path, status, kind), (path, answer.Status, answer.Problem));
            Assert.Equal((int)status, answer.Json.GetProperty("status").GetInt32());
            var refused = await nobody.SendAsync(method, path);
            Assert.Equal((path, HttpStatusCode.Unauthorized, 0), (path, refused.Status, refused.Body.Length));
        }

        Assert.Contains("công văn.jpg", (await caller.SubmitAsync("1", [("source", ApiUnderTest.Source)], ("công văn.jpg", []))).ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await TestProgram.StopAsync(service));
    }

    private void AssertRefused(string operation, string kind, Answer answer)
    {
        Assert.Equal((operation, kind), (operation, answer.Problem ?? answer.ToString()));
        AssertIs(Schema("Problem"), answer.Json);
        Assert.True(Operation(operation).GetProperty("responses").TryGetProperty($"{(int)answer.Status}", out var described), $"{operation} {answer}");
        Assert.Contains(kind, KindsOf(described));
    }

    private static IEnumerable<RouteEndpoint> Mapped(WebApplication app)
    {
        var group = app.MapGroup("/v1");
        new SubmissionEndpoints(null!, null!, null!).Map(group);
        new UnitEndpoints(null!, null!).Map(group);
        new DocumentEndpoints(null!, null!, null!).Map(group);
        return ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>();
    }

    private IEnumerable<JsonElement> Operations => description.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Select(m => m.Value);

    private JsonElement Operation(string id) => Operations.Single(o => o.GetProperty("operationId").GetString() == id);

    // Names of the examples of problems.
    private IEnumerable<string> KindsOf(JsonElement response)
    {
        if (response.TryGetProperty("$ref", out var reference))
        {
            response = description.GetProperty("components").GetProperty("responses").GetProperty(reference.GetString()!.Split('/')[^1]);
        }

        return response.TryGetProperty("content", out var content) && content.TryGetProperty("application/problem+json", out var problem)
            ? problem.GetProperty("examples").EnumerateObject().Select(e => e.Value.GetProperty("value").GetProperty("title").GetString()!)
            : [];
    }

    private JsonElement Schema(string name) => description.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static IEnumerable<JsonElement> Media(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == "content" ? p.Value.EnumerateObject().Select(m => m.Value) : Media(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Media),
        _ => [],
    };

    // As much of JSON Schema as the description uses.
    private void AssertIs(JsonElement schema, JsonElement value)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            schema = Schema(reference.GetString()!.Split('/')[^1]);
        }

        switch (schema.GetProperty("type").GetString())
        {
            case "object":
                Assert.Equal(JsonValueKind.Object, value.ValueKind);
                foreach (var required in schema.GetProperty("required").EnumerateArray())
                {
                    Assert.True(value.TryGetProperty(required.GetString()!, out _), $"{required} is missing in {value}");
                }

                foreach (var property in value.EnumerateObject())
                {
                    var known = default(JsonElement);
                    Assert.True(!schema.TryGetProperty("properties", out var properties) || properties.TryGetProperty(property.Name, out known), $"{property.Name} is not described");
                    if (known.ValueKind != JsonValueKind.Undefined)
                    {
                        AssertIs(known, property.Value);
                    }
                }

                break;
            case "array":
                Assert.All(value.EnumerateArray(), item => AssertIs(schema.GetProperty("items"), item));
                break;
            case "string":
                Assert.Equal(JsonValueKind.String, value.ValueKind);
                Assert.True(!schema.TryGetProperty("enum", out var values) || values.EnumerateArray().Any(v => v.GetString() == value.GetString()), $"{value} is not among {schema}");
                Assert.True(!schema.TryGetProperty("pattern", out var pattern) || Regex.IsMatch(value.GetString()!, pattern.GetString()!), $"{value} is not {schema}");
                Assert.True(!schema.TryGetProperty("format", out var format) || (format.GetString() == "uuid" ? value.TryGetGuid(out _) : value.TryGetDateTimeOffset(out _)), $"{value} is no {schema}");
                break;
            case "integer":
                Assert.True(value.TryGetInt64(out _), $"{value} is not {schema}");
                break;
            case "number":
                Assert.Equal(JsonValueKind.Number, value.ValueKind);
                break;
            default:
                Assert.Equal("boolean", schema.GetProperty("type").GetString());
                Assert.True(value.ValueKind is JsonValueKind.True or JsonValueKind.False);
                break;
        }
    }

    [GeneratedRegex(@"DigitizerException\(\s*FailureKind\.(\w+)")]
    private static partial Regex Thrown();
}
