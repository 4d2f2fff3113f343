using Digitizer.Assembly.Copies;
using Digitizer.Confinement;
using Digitizer.Intake;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Pipeline;
using Digitizer.Programs;
using Digitizer.Proof;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Digitizer;

/// <summary>Composition, in the order of the flow.</summary>
public static class DigitizerServices
{
    /// <summary>Registers the product. Needs logging; validate the options with <see cref="IStartupValidator"/> before use.</summary>
    /// <param name="services">Gets a line for each stage.</param>
    public static IServiceCollection AddDigitizer(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddChecked<AdmissionOptions>().AddSingleton<Admission>()
        .AddSingleton(ProgramsOf)
        .AddChecked<PageWorkerOptions>().AddSingleton(_ => WorkerLaunch.Default()).AddSingleton<PageWorkerPool>()
        .AddChecked<DeliveryLimits>()
        .AddChecked<ProofOptions>().AddSingleton<IPdfProof>(ProofOf)
        .AddChecked<WorkOptions>().AddSingleton<House>()
        .AddSingleton<BatchRun>();

    // One switch decides for all that decodes.
    internal static PdfProof ProofOf(IServiceProvider provider) => new(
        provider.GetRequiredService<ProofOptions>(),
        new Sandbox(provider.GetRequiredService<PageWorkerOptions>().AllowUnconfined),
        provider.GetRequiredService<TimeProvider>());

    private static PdfPrograms ProgramsOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<PageWorkerOptions>();
        return new PdfPrograms(new Sandbox(options.AllowUnconfined), options.Rendering);
    }

    // Stages take their options as they are; only composition knows how they were made.
    private static IServiceCollection AddChecked<T>(this IServiceCollection services)
        where T : class
    {
        services.AddOptions<T>().ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
    }
}
