namespace Digitizer.EndToEndTests.Support;

/// <summary>The sample pages of the repository.</summary>
internal static class Samples
{
    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = Find();

    public static string Folder => Path.Combine(Repository, "samples");

    /// <summary>Pictures in every format, and damaged ones.</summary>
    public static string Fixtures => Path.Combine(Repository, "tests", "Digitizer.Tests", "Fixtures");

    public static string Letter => Path.Combine(Folder, "cong-van.jpg");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Digitizer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests are not below the repository.");
    }
}
