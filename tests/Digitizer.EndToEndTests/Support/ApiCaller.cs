using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Digitizer.EndToEndTests.Support;

/// <summary>A system that calls the HTTP API over the network, with a key or without.</summary>
internal sealed class ApiCaller : IDisposable
{
    private readonly HttpClient client;

    /// <param name="address">Of the API.</param>
    /// <param name="key">Null: it has none.</param>
    /// <param name="from">What a proxy says of its address; null: it comes by itself.</param>
    public ApiCaller(string address, string? key, string? from = null)
    {
        Key = key;
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = new Uri(address),
            Timeout = TestProgram.Patience,
        };
        if (from is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        }

        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>What it brings.</summary>
    public string? Key { get; }

    /// <summary>Submits files as one document.</summary>
    /// <param name="key">Idempotency-Key; null: none is sent.</param>
    /// <param name="fields">Of the form.</param>
    /// <param name="files">In order.</param>
    public async Task<Answer> SubmitAsync(string? key, (string Name, string Value)[] fields, params (string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var (name, content) in files)
        {
            var part = new ByteArrayContent(content);

            // By hand: the class writes names of its own making beside ours.
            part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}");
            form.Add(part);
        }

        return await SendAsync(HttpMethod.Post, "/v1/submissions", form, key);
    }

    /// <summary>Sends any request.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request);
        return new Answer(
            response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.MediaType,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Waits until a submission is settled, and gives it.</summary>
    public async Task<JsonElement> SettledAsync(string id)
    {
        using var patience = new CancellationTokenSource(TestProgram.Patience);
        while (true)
        {
            var answer = await GetAsync($"/v1/submissions/{id}?wait=20");
            Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
            if (answer.Json.GetProperty("state").GetString() is "done" or "waiting" or "cancelled")
            {
                return answer.Json;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => client.Dispose();
}

/// <summary>What the API answered.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, string? Type, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Id of what was submitted.</summary>
    public string Id => Json.GetProperty("id").GetString()!;

    /// <summary>Name of the failure kind; null: it is no problem.</summary>
    public string? Problem => Type == "application/problem+json" ? Json.GetProperty("title").GetString() : null;

    /// <summary>For messages of failed assertions.</summary>
    public override string ToString() => $"{(int)Status} {System.Text.Encoding.UTF8.GetString(Body)}";
}
