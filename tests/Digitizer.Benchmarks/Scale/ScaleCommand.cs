namespace Digitizer.Benchmarks.Scale;

/// <summary>The sub-commands of <c>scale</c>.</summary>
internal static class ScaleCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["worker", var setup]:
                return await ScaleWorker.RunAsync(setup);
            case ["journal", ..]:
                await JournalScale.RunAsync([.. args.Skip(1).Select(a => int.Parse(a, System.Globalization.CultureInfo.InvariantCulture))]);
                return 0;
            default:
                Console.Error.WriteLine("?");
                return 2;
        }
    }
}
