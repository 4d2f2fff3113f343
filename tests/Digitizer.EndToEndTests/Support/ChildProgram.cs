using Digitizer.EndToEndTests.Rows.DropFolders;
using Digitizer.EndToEndTests.Trials;

namespace Digitizer.EndToEndTests.Support;

/// <summary>What this assembly does when it is run as a program.</summary>
internal static class ChildProgram
{
    /// <param name="arguments">The settings of a drop folder's process; or <c>journal-fixtures PROGRAM FOLDER</c>.</param>
    public static Task Main(string[] arguments)
        => arguments is ["journal-fixtures", var program, var folder] ? JournalFixture.MakeAsync(program, folder) : DropFolderChild.RunAsync(arguments);
}
