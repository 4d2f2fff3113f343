using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Digitizer.EndToEndTests.Support;
using Digitizer.Tests.Support;

namespace Digitizer.EndToEndTests.Rows.DropFolders;

/// <summary>FTP, SFTP and SMB servers over one folder: the real programs, on loopback, on ports of their own, gone afterwards.</summary>
internal sealed class TransferServers : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Programs = ["vsftpd", "sshd", "ssh-keygen", "smbd", "smbclient", "curl"];
    private static readonly string[] Places = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

    private readonly TempFolder folder = new();
    private readonly List<Process> running = [];

    private TransferServers()
    {
    }

    public int Ftp { get; } = FreePort();

    public int Ssh { get; } = FreePort();

    public int Smb { get; } = FreePort();

    public string SshKey => folder["key"];

    public string SmbSettings => folder["smb.conf"];

    /// <summary>Null if they can run here; otherwise why not.</summary>
    public static string? Hindrance()
        => !Environment.IsPrivilegedProcess ? "only root may run the servers"
            : Programs.FirstOrDefault(p => Find(p) is null) is { } missing ? $"{missing} is not installed"
            : null;

    /// <summary>Starts them and waits until they answer.</summary>
    /// <param name="served">The folder that files come into.</param>
    public static async Task<TransferServers> StartAsync(string served)
    {
        var servers = new TransferServers();
        servers.StartFtp(served);
        servers.StartSsh();
        servers.StartSmb(served);
        foreach (var port in new[] { servers.Ftp, servers.Ssh, servers.Smb })
        {
            if (!await Eventually.ComesAsync(() => AnswersAsync(port), Patience))
            {
                servers.Dispose();
                throw new InvalidOperationException($"The server on port {port} did not start.");
            }
        }

        return servers;
    }

    public void Dispose()
    {
        foreach (var server in running)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }

        folder.Dispose();
    }

    private void StartFtp(string served)
    {
        var settings = folder.File("ftp.conf", $"""
            listen=YES
            listen_address=127.0.0.1
            listen_port={Ftp}
            background=NO
            anonymous_enable=YES
            no_anon_password=YES
            anon_root={served}
            anon_upload_enable=YES
            write_enable=YES
            allow_writeable_chroot=YES
            run_as_launching_user=YES
            seccomp_sandbox=NO
            xferlog_enable=NO

            """);
        Start("vsftpd", settings);
    }

    private void StartSsh()
    {
        // The server drops its privileges into this folder, which packages make at boot.
        Directory.CreateDirectory("/run/sshd");
        Assert.True(Mount.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder["host"]));
        Assert.True(Mount.Run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", SshKey));
        var settings = folder.File("ssh.conf", $"""
            Port {Ssh}
            ListenAddress 127.0.0.1
            HostKey {folder["host"]}
            AuthorizedKeysFile {SshKey}.pub
            StrictModes no
            PidFile none
            UsePAM no
            PermitRootLogin prohibit-password
            Subsystem sftp internal-sftp

            """);
        Start("sshd", "-D", "-e", "-f", settings);
    }

    private void StartSmb(string served)
    {
        var own = folder["smb"];
        Directory.CreateDirectory(own);
        folder.File("smb.conf", $"""
            [global]
            smb ports = {Smb}
            interfaces = 127.0.0.1
            bind interfaces only = yes
            private dir = {own}
            lock directory = {own}
            state directory = {own}
            cache directory = {own}
            pid directory = {own}
            ncalrpc dir = {own}/rpc
            server role = standalone server
            map to guest = Bad User
            guest account = {Environment.UserName}
            load printers = no
            disable spoolss = yes
            smb2 max write = 65536
            [drop]
            path = {served}
            guest ok = yes
            read only = no

            """);
        Start("smbd", "-F", "--no-process-group", "--debug-stdout", "-s", SmbSettings);
    }

    // Servers live outside the path of ordinary users, and one of them insists on being called by its full name.
    private static string? Find(string program)
        => Places.Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    private void Start(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        running.Add(process);
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
