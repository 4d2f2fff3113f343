namespace Digitizer.Tests.Support;

/// <summary>The files of Fixtures/, as they lie beside the tests; Fixtures/README.md says what each is for.</summary>
internal static class Fixture
{
    /// <param name="relative">Below Fixtures/, with forward slashes: <c>formats/g4.tif</c>.</param>
    /// <exception cref="FileNotFoundException">There is no such fixture.</exception>
    public static string Path(string relative)
    {
        var path = System.IO.Path.Combine(AppContext.BaseDirectory, "Fixtures", relative);
        return File.Exists(path) ? path : throw new FileNotFoundException("No such fixture; look in tests/Digitizer.Tests/Fixtures.", path);
    }
}
