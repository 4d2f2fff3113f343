using Digitizer;
using Digitizer.PageWorkers;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Proof;
using Digitizer.Trials;
using Digitizer.Worker.Commands;
using Microsoft.Extensions.DependencyInjection;

// The program as it is, but for two things: pages are read by their printed mark, and where the variable below says so,
// poppler proves one document in so many. Worker pipe, confinement, vault, journal and delivery are the product's own.
const string ProofEvery = "DIGITIZER_TRIALS_PROOF_EVERY";

return args is ["page-worker", .. var worker]
    ? PageWorkerMain.Run(worker, (_, _) => new MarkRecognizer())
    : await CommandLine.RunAsync(args, services =>
    {
        services.AddSingleton(_ => WorkerLaunch.For(Path.Combine(AppContext.BaseDirectory, "Digitizer.Trials.dll")));
        if (int.TryParse(Environment.GetEnvironmentVariable(ProofEvery), out var every))
        {
            services.AddSingleton<IPdfProof>(provider => new SampledProof(DigitizerServices.ProofOf(provider), every));
        }
    });
