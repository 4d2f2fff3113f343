using System.Net;
using System.Text.Json;
using Digitizer.EndToEndTests.Support;
using Digitizer.Worker.Api;
using Digitizer.Worker.Api.Submissions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using static Digitizer.EndToEndTests.Support.ServiceUnderTest;

namespace Digitizer.EndToEndTests.Api;

/// <summary>The description of the API is what the API is.</summary>
public sealed class OpenApiTests : IDisposable
{
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
        var group = app.MapGroup("/v1");
        new SubmissionEndpoints(null!, null!, null!).Map(group);
        new UnitEndpoints(null!, null!).Map(group);
        new DocumentEndpoints(null!, null!, null!).Map(group);
        var mapped = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Select(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single(), e.RoutePattern.RawText!.Replace(":int", "", StringComparison.Ordinal), e.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName));
        var described = from path in description.GetProperty("paths").EnumerateObject()
                        from method in path.Value.EnumerateObject()
                        select (method.Name.ToUpperInvariant(), path.Name, method.Value.GetProperty("operationId").GetString()!);
        Assert.Equal(described.Order(), mapped.Order());
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
                Assert.True(Enum.TryParse<Failures.FailureKind>(named.Name, out _), named.Name);
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
                    Assert.True(schema.GetProperty("properties").TryGetProperty(property.Name, out var known), $"{property.Name} is not described");
                    AssertIs(known, property.Value);
                }

                break;
            case "array":
                Assert.All(value.EnumerateArray(), item => AssertIs(schema.GetProperty("items"), item));
                break;
            case "string":
                Assert.Equal(JsonValueKind.String, value.ValueKind);
                Assert.True(!schema.TryGetProperty("enum", out var values) || values.EnumerateArray().Any(v => v.GetString() == value.GetString()), $"{value} is not among {schema}");
                Assert.True(!schema.TryGetProperty("pattern", out var pattern) || System.Text.RegularExpressions.Regex.IsMatch(value.GetString()!, pattern.GetString()!), $"{value} is not {schema}");
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
}
