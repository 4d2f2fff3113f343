using Digitizer.PageWorkers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Digitizer.Worker.Commands;

/// <summary>Composition for one command.</summary>
internal static class ProductServices
{
    /// <summary>Builds the product; warnings and worse go to standard error.</summary>
    /// <param name="configure">Sets what the command line says.</param>
    /// <param name="level">What is worth a line.</param>
    /// <param name="more">Registered last, and so in place of what is there.</param>
    public static ServiceProvider Create(Action<PageWorkerOptions> configure, LogLevel level = LogLevel.Warning, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services
            .AddLogging(logging => logging
                .SetMinimumLevel(level)
                .AddSimpleConsole(console => (console.SingleLine, console.ColorBehavior) = (true, LoggerColorBehavior.Disabled)))
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddDigitizer()
            .Configure(configure);
        more?.Invoke(services);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider;
    }
}
