using System.Text.Json;
using Digitizer.Benchmarks.Accuracy;
using Digitizer.Benchmarks.Compact;
using Digitizer.Benchmarks.Scale;

namespace Digitizer.Benchmarks;

/// <summary>The benchmarks by name.</summary>
internal static class Commands
{
    private const string Usage = """
        dotnet run -c Release --project tests/Digitizer.Benchmarks -- COMMAND FOLDER [options]

          compare   digitizer process --jobs 1 against the tesseract command line on the same pages: CPU and wall, as ratios
          jobs      --jobs 2 against --jobs 1: wall and CPU, as ratios
          memory    resident memory of host and workers over a long run
          proof     difference of good and of bad pages in the proof of the finished PDF
          writing   writing, checking and proving PDFs by the tesseract command line on the same pages: CPU, as ratio
          stages    CPU of a page by stage
          bitonal   bytes and time of bitonal pages as G4 and as JBIG2; --pairs says how often each is timed
          claims    cost of a claim from the journal with 1,000 and 1,000,000 pages waiting: claims FOLDER [POSTGRESQL-CONNECTION]
          compact   bytes and errors of grey and colour pages in the profile compact, over the folder that accuracy takes
          accuracy  errors, orientation, skew and CPU over pages whose text is known; eng/accuracy builds and runs it and has its own options
          scale     several worker processes on one journal and vault, and the simulator; scale alone says more
          acceptance  cost of taking a file of 300 kB into custody against write, fsync, rename and fsync of the folder, as ratio

          --list FILE   only the files named there, a name a line
          --skip TEXT   no files whose names contain this (may be repeated)
          --pairs N     alternating pairs (default 5)
          --pages N     pages of the long run (default 300)
          --model NAME  OCR model of both sides (default vie)
          --json FILE   all figures
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["claims", var folder, ..])
        {
            await ClaimsBenchmark.RunAsync(folder, args.ElementAtOrDefault(2), many: 1_000_000);
            return 0;
        }

        if (args is ["accuracy", .. var rest])
        {
            return await AccuracyBenchmark.RunAsync(rest);
        }

        if (args is ["compact", .. var set])
        {
            return CompactBenchmark.Run(set);
        }

        if (args is ["scale", .. var scale])
        {
            return await ScaleCommand.RunAsync(scale);
        }

        if (args is ["acceptance", var disk])
        {
            var (plain, acceptance, ratio) = await AcceptanceBenchmark.RunAsync(disk, pairs: 20);
            Console.WriteLine($"plain {plain} ms, acceptance {acceptance} ms: {ratio} times");
            return 0;
        }

        if (args.Length < 2 || BenchmarkOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        object? figures = args[0] switch
        {
            "compare" => await CompareBenchmark.RunAsync(options),
            "jobs" => await JobsBenchmark.RunAsync(options),
            "memory" => await MemoryBenchmark.RunAsync(options),
            "proof" => await ProofBenchmark.RunAsync(options),
            "writing" => await WritingBenchmark.RunAsync(options),
            "bitonal" => BitonalBenchmark.Run(options),
            "stages" => await StagesBenchmark.RunAsync(options),
            _ => null,
        };
        if (figures is null)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        if (options.Json is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(figures));
        }

        return 0;
    }
}
