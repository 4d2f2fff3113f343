using System.CommandLine;
using Digitizer.Assembly.Copies;
using Digitizer.Failures;
using Digitizer.Intake;
using Digitizer.PageWorkers;
using Digitizer.Pipeline;
using Digitizer.Service;
using Digitizer.Worker.Api;
using Digitizer.Worker.Api.Webhooks;
using Digitizer.Worker.Service;
using Digitizer.Worker.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Digitizer.Worker.Commands;

/// <summary><c>digitizer serve</c>: the worker service.</summary>
internal static class ServeCommand
{
    private const string Description = "Takes files out of drop folders, makes searchable PDFs of them and files them in their dossiers, until it is stopped.";

    private const string Examples = """
        Example:
          digitizer serve --config digitizer.json
          digitizer serve --config digitizer.json --role pages

        The configuration file names the folders; samples/serve.json is one to start from. SIGTERM or Ctrl-C: nothing more
        is taken, what is under way is finished or given back; a second signal ends the service at once, and nothing is lost.
        """;

    private static readonly Option<string> Config = new("--config")
    {
        Description = "Configuration file (JSON).",
        HelpName = "FILE",
        DefaultValueFactory = _ => "digitizer.json",
    };

    private static readonly Option<ServiceRole?> Role = new("--role")
    {
        Description = "What this process does, beside others on the same PostgreSQL journal and shared vault: take in, make documents, deliver. Default: Service:Role, or all.",
        HelpName = "intake|pages|deliver|all",
    };

    public static Command Create(Action<IServiceCollection>? more)
    {
        var command = new CommandWithExamples("serve", Description, Examples) { Config, Role };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(Config), more, cancellation, parsed.GetValue(Role)));
        return command;
    }

    /// <summary>Runs a service until it is told to stop.</summary>
    /// <param name="config">Configuration file.</param>
    /// <param name="more">What it is made of besides, or instead; for trials.</param>
    /// <param name="cancellation">SIGTERM or Ctrl-C.</param>
    /// <param name="role">What this process does; null: as the configuration says.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string config, Action<IServiceCollection>? more, CancellationToken cancellation, ServiceRole? role = null)
    {
        var configuration = ServiceConfiguration.Read(config);
        var options = ServiceConfiguration.Bind(configuration, role);
        await using var services = ProductServices.Create(
            worker => configuration.GetSection("PageWorkers").Bind(worker),
            LogLevel.Information,
            added =>
            {
                added.Configure<WorkOptions>(configuration.GetSection("Work").Bind).Configure<DeliveryLimits>(configuration.GetSection("Delivery").Bind);
                added.AddLogging(logging => TelemetryExport.AddLogs(logging, options.Telemetry));
                more?.Invoke(added);
            });
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("Digitizer");
        if (Failpoints.Active is { } failpoints)
        {
            ServiceLog.WillFail(log, failpoints);
        }

        var time = services.GetRequiredService<TimeProvider>();
        using var api = options.Role.TakesIn() ? ApiHost.Of(options, configuration) : null;
        var parts = new ServiceParts(
            services.GetRequiredService<House>(), services.GetRequiredService<PageWorkerPool>(), services.GetRequiredService<AdmissionOptions>(),
            DossierStores.Create(options, time, services.GetRequiredService<ILoggerFactory>()), time, log, api?.Sources ?? []);

        // Before the service, and so after it in the end: its last counts are sent, and no gauge is read off what is closed.
        using var telemetry = TelemetryExport.Start(options.Telemetry);
        await using var service = await ServiceRun.OpenAsync(options, parts, cancellation);
        await using var host = await ServiceHost.StartAsync(service, options, api, time, log, cancellation);
        using var webhooks = Webhooks.Of(options.Api, service, time, log);
        ServiceLog.Started(log, options.Role, service.Folders.Count(), service.BlobQueues.Count(), Path.GetFullPath(options.State), service.Jobs.Engine, service.Vault.Place);
        SystemdNotify.Send("READY=1");
        var stopping = cancellation.Register(() =>
        {
            SystemdNotify.Send("STOPPING=1");
            ServiceLog.Stopping(log, options.Grace);
        });
        await using (stopping)
        {
            try
            {
                await service.RunAsync(webhooks.RunAsync, cancellation);
            }
            catch (Exception e) when (e is not (DigitizerException or OperationCanceledException))
            {
                // Said here, where no name of a file that its message may hold gets into the log.
                ServiceLog.Failed(log, Fault.Of(e));
                return ExitCode.Environment;
            }
        }

        ServiceLog.Stopped(log);
        return ExitCode.Done;
    }
}

/// <summary>Log messages of the service, ids 2110–2119.</summary>
internal static partial class ServiceLog
{
    [LoggerMessage(2110, LogLevel.Information, "Ready: role {Role}, {Folders} drop folders, {Queues} blob queues; state in {State}; journal on {Engine}; vault {Vault}")]
    public static partial void Started(ILogger log, ServiceRole role, int folders, int queues, string state, string engine, string vault);

    [LoggerMessage(2111, LogLevel.Information, "Stopping: nothing more is taken; what is under way has {Grace} to finish")]
    public static partial void Stopping(ILogger log, TimeSpan grace);

    [LoggerMessage(2112, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger log);

    [LoggerMessage(2114, LogLevel.Critical, "The service ends by a fault of the program: {Fault}. Report it with the log")]
    public static partial void Failed(ILogger log, string fault);

    [LoggerMessage(2113, LogLevel.Warning, "DIGITIZER_FAILPOINTS has this service fail on purpose: {Failpoints}")]
    public static partial void WillFail(ILogger log, string failpoints);
}
