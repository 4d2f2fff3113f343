using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>One running page-worker as the host sees it. Every failure to talk to it is a <see cref="DigitizerException"/>.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int CopyBuffer = 1 << 16;
    private readonly Process process;
    private readonly LastLines errors = new();
    private readonly Stream input;
    private readonly Stream output;

    public WorkerProcess(Process process)
    {
        this.process = process;
        input = process.StandardInput.BaseStream;
        output = process.StandardOutput.BaseStream;
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Process id of what was started: the outermost wrapper.</summary>
    public int ProcessId => process.Id;

    /// <summary>The file whose bytes the worker holds.</summary>
    public string? Unit { get; private set; }

    /// <summary>Pages read so far.</summary>
    public int Pages { get; private set; }

    public async Task<EngineInfo> HelloAsync(CancellationToken cancellation)
        => (await ReceiveAsync(FrameKind.Hello, WorkerJson.Default.EngineInfo, cancellation)).Message;

    /// <summary>Hands over a file's bytes.</summary>
    public async Task SendUnitAsync(string file, CancellationToken cancellation)
    {
        Unit = null;
        await using var source = SourceFile.Open(file);
        var length = source.Length;
        await SendAsync(new WorkerFrame(FrameKind.Unit, 0, length).ToBytes(), cancellation);
        await CopyExactlyAsync(source, length, file, cancellation);
        Unit = file;
    }

    public async Task<UnitContents> InspectAsync(CancellationToken cancellation)
    {
        await SendAsync(new WorkerFrame(FrameKind.Inspect, 0, 0).ToBytes(), cancellation);
        return (await ReceiveAsync(FrameKind.Contents, WorkerJson.Default.UnitContents, cancellation)).Message;
    }

    /// <summary>Reads a page; the coded picture, if there is one, goes to <paramref name="imageFile"/>.</summary>
    /// <param name="index">The page, from 0.</param>
    /// <param name="imageFile">Written only if the picture is not the source file.</param>
    /// <param name="handedOver">Called when the worker has the request.</param>
    /// <param name="cancellation">Ends the wait; the worker is then of no more use.</param>
    public async Task<PageResult> ReadAsync(int index, string imageFile, Action handedOver, CancellationToken cancellation)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new ReadRequest(index), WorkerJson.Default.ReadRequest);
        byte[] request = [.. new WorkerFrame(FrameKind.Read, header.Length, 0).ToBytes(), .. header];
        await SendAsync(request, cancellation);
        handedOver();
        var (result, payload) = await ReceiveAsync(FrameKind.Page, WorkerJson.Default.PageResult, cancellation);
        if (result.Index != index || (result.Image.IsSourceFile ? payload != 0 : payload != result.Image.Bytes))
        {
            throw Broken("it answered for another page or picture than asked");
        }

        if (payload > 0)
        {
            await SavePictureAsync(imageFile, payload, result.Image.Sha256, cancellation);
        }

        Pages++;
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has exited already.
        }

        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await input.WriteAsync(bytes, cancellation);
            await input.FlushAsync(cancellation);
        }
        catch (IOException)
        {
            throw await CrashedAsync();
        }
    }

    private async Task CopyExactlyAsync(Stream source, long length, string file, CancellationToken cancellation)
    {
        var buffer = new byte[CopyBuffer];
        for (var left = length; left > 0;)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation);
            if (read == 0)
            {
                throw new DigitizerException(FailureKind.FileUnreadable, $"{Path.GetFileName(file)} became shorter while it was read. Wait until it is written, then run again.");
            }

            await SendAsync(buffer.AsMemory(0, read), cancellation);
            left -= read;
        }
    }

    private async Task<(T Message, long Payload)> ReceiveAsync<T>(FrameKind expected, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        try
        {
            var start = new byte[WorkerFrame.Size];
            await output.ReadExactlyAsync(start, cancellation);
            var frame = WorkerFrame.Parse(start);
            var header = new byte[frame.HeaderLength];
            await output.ReadExactlyAsync(header, cancellation);
            if (frame.Kind == FrameKind.Failed)
            {
                var failure = JsonSerializer.Deserialize(header, WorkerJson.Default.WorkerFailure)!;
                throw new DigitizerException(failure.Kind, failure.Message);
            }

            return frame.Kind == expected
                ? (JsonSerializer.Deserialize(header, type)!, frame.PayloadLength)
                : throw Broken($"it answered {frame.Kind} where {expected} was due");
        }
        catch (EndOfStreamException)
        {
            throw await CrashedAsync();
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            throw Broken(e.Message);
        }
    }

    private async Task SavePictureAsync(string file, long length, string sha256, CancellationToken cancellation)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, CopyBuffer, useAsync: false);
        var buffer = new byte[CopyBuffer];
        for (var left = length; left > 0;)
        {
            var read = await output.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation);
            if (read == 0)
            {
                throw await CrashedAsync();
            }

            digest.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            left -= read;
        }

        if (Convert.ToHexStringLower(digest.GetHashAndReset()) != sha256)
        {
            throw Broken("its picture does not match its own digest");
        }
    }

    private async Task<DigitizerException> CrashedAsync()
    {
        await process.WaitForExitAsync(CancellationToken.None);
        return new DigitizerException(
            FailureKind.PageWorkerCrashed,
            $"The page-worker ended with code {process.ExitCode} while it had the page{errors.Quoted()}. If it happens again, hand the file to support.");
    }

    private static DigitizerException Broken(string how)
        => new(FailureKind.PageWorkerFailed, $"The page-worker broke the protocol: {how}. If it happens again, hand the file to support.");
}
