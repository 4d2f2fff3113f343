using System.Diagnostics;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>A way that files come into a drop folder, by a program that reads the file from its standard input.</summary>
/// <param name="Name">For names and messages.</param>
/// <param name="Command">Makes the program's words for a name in the drop folder.</param>
/// <param name="Unfinished">What is added to the name while the file is not finished.</param>
/// <param name="Stalled">The words that stop before the last step, for a program that is killed there; null: it is killed half-way through the bytes.</param>
internal sealed record Way(string Name, Func<string, string[]> Command, string Unfinished = "", Func<string, string[]>? Stalled = null)
{
    /// <summary>All of them.</summary>
    /// <param name="folder">The drop folder.</param>
    /// <param name="servers">Servers over it.</param>
    public static Way[] All(string folder, TransferServers servers) =>
    [
        new("rename", name => Shell("cat > \"$1.part\" && mv \"$1.part\" \"$1\"", folder, name), ".part"),
        new("write", name => ["dd", "status=none", $"of={folder}/{name}"]),
        new("cp", name => ["cp", "/dev/stdin", $"{folder}/{name}"]),
        new(
            "link",
            name => Shell("cat > \"$1.tmp\" && ln \"$1.tmp\" \"$1\" && rm \"$1.tmp\"", folder, name),
            Stalled: name => Shell("cat > \"$1.tmp\" && ln \"$1.tmp\" \"$1\" && exec tail -f /dev/null", folder, name)),
        new("ftp", name => ["curl", "--silent", "--show-error", "--upload-file", "-", $"ftp://127.0.0.1:{servers.Ftp}/{name}"]),
        new("sftp", name =>
        [
            "curl", "--silent", "--show-error", "--insecure", "--key", servers.SshKey, "--pubkey", servers.SshKey + ".pub", "--user", Environment.UserName + ":",
            "--upload-file", "-", $"sftp://127.0.0.1:{servers.Ssh}{folder}/{name}",
        ]),
        new("smb", name => ["smbclient", "--no-pass", "--configfile", servers.SmbSettings, "--port", $"{servers.Smb}", "//127.0.0.1/drop", "--command", $"put - {name}"]),
    ];

    /// <summary>Sends a whole file.</summary>
    /// <returns>True if the program says that all went well.</returns>
    public async Task<bool> SendAsync(string name, byte[] content)
    {
        using var process = Start(Command(name));
        await process.StandardInput.BaseStream.WriteAsync(content);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    /// <summary>Sends part of a file, or all of it to a program that does not come to its last step, and kills the program when that part has come.</summary>
    /// <param name="name">In the drop folder.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="hasComeAsync">Waits until part of the file is there under the name given.</param>
    public async Task KillAsync(string name, byte[] content, Func<string, Task> hasComeAsync)
    {
        using var process = Start((Stalled ?? Command)(name));
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(content.AsMemory(0, Stalled is null ? content.Length / 2 : content.Length));
            await process.StandardInput.BaseStream.FlushAsync();
            if (Stalled is not null)
            {
                process.StandardInput.Close();
            }

            await hasComeAsync(name + Unfinished);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static string[] Shell(string script, string folder, string name) => ["sh", "-c", script, "sh", $"{folder}/{name}"];

    private static Process Start(string[] words) => Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
