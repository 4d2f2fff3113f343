using System.Diagnostics;

namespace Digitizer.EndToEndTests.Support;

/// <summary>The real service with its HTTP API on an address of its own, with source <c>portal</c>.</summary>
internal sealed class ApiUnderTest : IDisposable
{
    public const string Source = "portal";

    // Tests come from there, and say where they come from.
    private static readonly string[] Proxies = ["127.0.0.1"];

    private readonly List<ApiCaller> callers = [];

    public ApiUnderTest(Dictionary<string, object?>? settings = null)
    {
        Bench.Configure(new Dictionary<string, object?>(settings ?? [])
        {
            ["Api"] = new { Listen = Address, Sources = new[] { new { Name = Source }, new { Name = "other" } }, Proxies },
        });
        Directory.CreateDirectory(Program["state"]);
    }

    public ServiceUnderTest Bench { get; } = new();

    public TestProgram Program => Bench.Program;

    public string Address { get; } = ServiceUnderTest.FreeAddress();

    public Task<Process> StartAsync(string? failpoints = null) => Bench.StartAsync(failpoints);

    /// <summary>Makes a key and a caller who has it.</summary>
    /// <param name="options">Of <c>keys add</c>.</param>
    public async Task<ApiCaller> CallerAsync(params string[] options)
    {
        var ended = await Program.RunAsync(["keys", "add", "--state", "state", "--name", "test", .. options]);
        Assert.True(ended.Code == 0, ended.ToString());
        return Caller(ended.Output.Trim());
    }

    /// <summary>A caller with this key, or with none.</summary>
    public ApiCaller Caller(string? key)
    {
        callers.Add(new ApiCaller(Address, key));
        return callers[^1];
    }

    public void Dispose()
    {
        callers.ForEach(c => c.Dispose());
        Bench.Dispose();
    }
}
