using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Digitizer.Native;

namespace Digitizer.Confinement;

/// <summary>
/// A seccomp filter (classic BPF, linux/filter.h and linux/seccomp.h) that refuses, with EPERM, the
/// system calls a decoder has no business with: new processes, sockets, tracing, mounts, other
/// users, kernel doors. Threads stay allowed. bubblewrap reads it as an array of sock_filter.
/// </summary>
internal static class SystemCallFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfSet = 0x45;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort Return = 0x06;
    private const uint OffsetNumber = 0;
    private const uint OffsetArchitecture = 4;
    private const uint OffsetFirstArgument = 16;
    private const uint Allow = 0x7FFF0000;
    private const uint Kill = 0x80000000;
    private const uint RefuseWithPermission = 0x00050000 | 1;
    private const uint RefuseAsUnknown = 0x00050000 | 38;
    private const uint CloneThread = 0x00010000;
    private const uint X32Bit = 0x40000000;

    private static readonly Lazy<MemoryFile> Written = new(() => new MemoryFile("digitizer-filter", Program()));

    private sealed record Numbers(uint Architecture, uint CloneCall, uint Clone3Call, uint[] Refused);

    // arch/x86/entry/syscalls/syscall_64.tbl
    private static readonly Numbers X64 = new(0xC000003E, 56, 435,
    [
        57, 58, // fork, vfork
        41, 42, 43, 49, 50, 53, 288, // socket, connect, accept, bind, listen, socketpair, accept4
        101, 310, 311, 434, 438, 424, // ptrace, process_vm_readv, process_vm_writev, pidfd_open, pidfd_getfd, pidfd_send_signal
        165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, // mount, umount2, pivot_root, chroot, open_tree … fspick, mount_setattr
        272, 308, // unshare, setns
        105, 106, 113, 114, 116, 117, 119, 122, 123, 126, // setuid … capset
        321, 298, 323, 425, 426, 427, // bpf, perf_event_open, userfaultfd, io_uring_*
        248, 249, 250, // add_key, request_key, keyctl
        304, 246, 320, 175, 176, 313, 169, // open_by_handle_at, kexec_load, kexec_file_load, init_module, delete_module, finit_module, reboot
        163, 164, 227, 305, 159, 167, 168, 170, 171, 172, 173, 103, // acct, clocks, swap, host names, port access, syslog
    ]);

    // include/uapi/asm-generic/unistd.h
    private static readonly Numbers Arm64 = new(0xC00000B7, 220, 435,
    [
        198, 199, 200, 201, 202, 203, 242, // socket, socketpair, bind, listen, accept, connect, accept4
        117, 270, 271, 434, 438, 424, // ptrace, process_vm_readv, process_vm_writev, pidfd_*
        40, 39, 41, 51, 428, 429, 430, 431, 432, 433, 442, // mount, umount2, pivot_root, chroot, new mount interface
        97, 268, // unshare, setns
        91, 143, 144, 145, 146, 147, 149, 151, 152, 159, // capset, setregid … setgroups
        280, 241, 282, 425, 426, 427, // bpf, perf_event_open, userfaultfd, io_uring_*
        217, 218, 219, // add_key, request_key, keyctl
        265, 104, 294, 105, 106, 273, 142, // open_by_handle_at, kexec_load, kexec_file_load, init_module, delete_module, finit_module, reboot
        89, 112, 170, 266, 171, 224, 225, 161, 162, 116, // acct, clocks, swap, host names, syslog
    ]);

    /// <summary>Path of a file with the filter, for processes of the same user while this one runs.</summary>
    /// <exception cref="PlatformNotSupportedException">No filter is known for this processor.</exception>
    public static string File() => Written.Value.Path;

    /// <summary>The filter's instructions for this processor.</summary>
    public static byte[] Program() => Assemble(RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => X64,
        Architecture.Arm64 => Arm64,
        var other => throw new PlatformNotSupportedException($"No filter of system calls is known for {other}."),
    });

    private static byte[] Assemble(Numbers numbers)
    {
        var code = new List<(ushort Code, byte True, byte False, uint Value)>
        {
            (LoadWord, 0, 0, OffsetArchitecture),
            (JumpIfEqual, 1, 0, numbers.Architecture),
            (Return, 0, 0, Kill),
            (LoadWord, 0, 0, OffsetNumber),
            (JumpIfAtLeast, 0, 1, X32Bit),
            (Return, 0, 0, RefuseWithPermission),
            (JumpIfEqual, 0, 1, numbers.Clone3Call),
            (Return, 0, 0, RefuseAsUnknown), // the C library then falls back to clone, whose flags can be seen here
        };
        foreach (var number in numbers.Refused)
        {
            code.Add((JumpIfEqual, 0, 1, number));
            code.Add((Return, 0, 0, RefuseWithPermission));
        }

        code.Add((JumpIfEqual, 1, 0, numbers.CloneCall));
        code.Add((Return, 0, 0, Allow));
        code.Add((LoadWord, 0, 0, OffsetFirstArgument));
        code.Add((JumpIfSet, 1, 0, CloneThread));
        code.Add((Return, 0, 0, RefuseWithPermission));
        code.Add((Return, 0, 0, Allow));

        var bytes = new byte[code.Count * 8];
        for (var i = 0; i < code.Count; i++)
        {
            var at = bytes.AsSpan(i * 8);
            BinaryPrimitives.WriteUInt16LittleEndian(at, code[i].Code);
            at[2] = code[i].True;
            at[3] = code[i].False;
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], code[i].Value);
        }

        return bytes;
    }
}
