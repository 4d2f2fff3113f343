// Sends the pages of one document to Digitizer, waits, and saves PDF, text and result file.
//
//     DIGITIZER_KEY=dgz_… dotnet run -- [--patience SECONDS] SERVER DOSSIER OUT FILE...
//
// Exit codes: 0 done, 1 waits for a person, 2 wrong usage, 3 not reached or refused.
using System.Net.Http.Headers;
using System.Text.Json;

var patience = TimeSpan.FromMinutes(10);
if (args is ["--patience", var seconds, ..] && int.TryParse(seconds, out var said))
{
    (patience, args) = (TimeSpan.FromSeconds(said), args[2..]);
}

if (args is not [var server, var dossier, var folder, _, ..] || Environment.GetEnvironmentVariable("DIGITIZER_KEY") is not { Length: > 0 } key)
{
    Console.Error.WriteLine("DIGITIZER_KEY=dgz_… digitize [--patience SECONDS] SERVER DOSSIER OUT FILE...");
    return 2;
}

var files = args[3..];
if (Array.Find(files, file => !File.Exists(file)) is { } missing)
{
    Console.Error.WriteLine($"{missing} cannot be read");
    return 2;
}

using var api = new DigitizerApi(new Uri(server.TrimEnd('/') + "/"), key, patience);
var stem = Path.GetFileNameWithoutExtension(files[0]);
var once = Path.Combine(folder, $".{stem}.key");
try
{
    var submission = await SubmitAsync();
    while (submission.GetProperty("state").GetString() is "accepted" or "working")
    {
        if (api.Left <= 0)
        {
            throw new NotReachedException($"submission {submission.GetProperty("id").GetString()} is safe and not done yet; start this again later");
        }

        submission = await api.WaitAsync(submission.GetProperty("id").GetString()!);
    }

    foreach (var unit in submission.GetProperty("units").EnumerateArray())
    {
        await SaveAsync(unit, Path.Combine(folder, stem));
        Report(unit);
    }

    File.Delete(once);
    if (submission.GetProperty("state").GetString() is var state and not "done")
    {
        Console.Error.WriteLine($"submission {submission.GetProperty("id").GetString()} is {state}");
        return 1;
    }

    return 0;
}
catch (Exception e) when (e is RefusedException or NotReachedException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 3;
}

async Task<JsonElement> SubmitAsync()
{
    try
    {
        return await api.SubmitAsync(KeptKey(once), dossier, files);
    }
    catch (RefusedException refusal) when (refusal.Status is 400 or 413 or 415 or 422)
    {
        // Mended, it is another submission.
        File.Delete(once);
        throw;
    }
}

// Made once and kept until there is an answer: however often it is sent, by this or the next start of the program, it is one submission.
static string KeptKey(string file)
{
    if (!File.Exists(file))
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Guid.NewGuid().ToString());
    }

    return File.ReadAllText(file);
}

async Task SaveAsync(JsonElement unit, string stem)
{
    foreach (var document in unit.GetProperty("documents").EnumerateArray().Where(d => d.TryGetProperty("pdf", out _)))
    {
        var name = document.GetProperty("part").GetInt32() is var part and > 1 ? $"{stem}.part{part}" : stem;
        foreach (var (kind, extension) in new[] { ("pdf", ".pdf"), ("text", ".txt"), ("json", ".json") })
        {
            await File.WriteAllBytesAsync(name + extension, await api.GetAsync($"v1/documents/{document.GetProperty("id").GetString()}/{kind}"));
        }

        Console.WriteLine(name + ".pdf");
    }
}

static void Report(JsonElement unit)
{
    var name = unit.GetProperty("name").GetString();
    foreach (var failure in Failures(unit))
    {
        Console.Error.WriteLine($"{name}: {failure}");
    }
}

static IEnumerable<string> Failures(JsonElement unit)
{
    if (unit.TryGetProperty("failure", out var failure))
    {
        yield return failure.GetProperty("message").GetString()!;
    }

    foreach (var document in unit.GetProperty("documents").EnumerateArray())
    {
        if (document.GetProperty("reasons").GetArrayLength() > 0)
        {
            yield return "waits for a person: " + string.Join(", ", document.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
        }

        if (document.TryGetProperty("delivery", out var delivery) && delivery.TryGetProperty("failure", out var why))
        {
            yield return why.GetProperty("message").GetString()!;
        }
    }
}

/// <summary>The server said no, and will say so again.</summary>
internal sealed class RefusedException(string message, int status) : Exception(message)
{
    public int Status => status;
}

/// <summary>There was no answer in time, or only that it is to be asked again.</summary>
internal sealed class NotReachedException(string message) : Exception(message);

/// <summary>Calls the API; repeats a call for as long as the server cannot be reached or asks to come again.</summary>
internal sealed class DigitizerApi : IDisposable
{
    private static readonly int[] Again = [409, 429, 502, 503, 504, 507];
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(90);
    private readonly HttpClient client;
    private readonly TimeSpan patience;
    private readonly DateTime end;

    public DigitizerApi(Uri server, string key, TimeSpan patience)
    {
        // A large upload may take all the patience there is; a question may not.
        client = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        (this.patience, end) = (patience, DateTime.UtcNow + patience);
    }

    /// <summary>Seconds that are left of the time to wait.</summary>
    public int Left => (int)Math.Ceiling((end - DateTime.UtcNow).TotalSeconds);

    /// <summary>Submits files as one document.</summary>
    public async Task<JsonElement> SubmitAsync(string key, string dossier, IReadOnlyList<string> files)
        => Json(await CallAsync(patience, () =>
        {
            var form = new MultipartFormDataContent();
            if (dossier.Length > 0)
            {
                form.Add(new StringContent(dossier), "dossier");
            }

            foreach (var file in files)
            {
                form.Add(new StreamContent(File.OpenRead(file)), "file", Path.GetFileName(file));
            }

            var request = new HttpRequestMessage(HttpMethod.Post, "v1/submissions") { Content = form };
            request.Headers.Add("Idempotency-Key", key);

            // A refusal comes before the files are sent.
            request.Headers.ExpectContinue = true;
            return request;
        }));

    /// <summary>Waits up to half a minute for a submission, and no longer than there is time, and gives it as it is then.</summary>
    public async Task<JsonElement> WaitAsync(string id) => Json(await CallAsync(LongestAnswer, () => new HttpRequestMessage(HttpMethod.Get, $"v1/submissions/{id}?wait={Math.Clamp(Left, 0, 30)}")));

    /// <summary>Fetches a file.</summary>
    public Task<byte[]> GetAsync(string path) => CallAsync(patience, () => new HttpRequestMessage(HttpMethod.Get, path));

    public void Dispose() => client.Dispose();

    private async Task<byte[]> CallAsync(TimeSpan limit, Func<HttpRequestMessage> make)
    {
        for (var pause = TimeSpan.FromSeconds(1); ; pause = pause < TimeSpan.FromSeconds(30) ? pause * 2 : pause)
        {
            var (why, wait) = ("", pause);
            try
            {
                using var request = make();
                using var time = new CancellationTokenSource(limit);
                using var response = await client.SendAsync(request, time.Token);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsByteArrayAsync();
                }

                why = await ExplainAsync(response);
                if (!Again.Contains((int)response.StatusCode))
                {
                    throw new RefusedException(why, (int)response.StatusCode);
                }

                wait = response.Headers.RetryAfter?.Delta ?? pause;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                why = $"{client.BaseAddress} cannot be reached: {e.Message}";
            }

            if (DateTime.UtcNow + wait > end)
            {
                throw new NotReachedException(why);
            }

            await Task.Delay(wait);
        }
    }

    private static async Task<string> ExplainAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            var problem = Json(await response.Content.ReadAsByteArrayAsync());
            return $"{problem.GetProperty("title").GetString()}: {problem.GetProperty("detail").GetString()}";
        }

        return (int)response.StatusCode switch
        {
            401 => "The key is not known. Ask the administrator.",
            403 => "This key may not do this.",
            var status => $"HTTP {status}",
        };
    }

    private static JsonElement Json(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.Clone();
    }
}
