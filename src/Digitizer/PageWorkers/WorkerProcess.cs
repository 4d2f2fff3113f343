using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>
/// One running page-worker as the host sees it. Every failure to talk to it is a
/// <see cref="DigitizerException"/>; after one, and after a cancelled wait, it is of no more use.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Process process;
    private readonly ErrorLines errors = new(WorkerEnd.OutOfMemoryWords);
    private readonly Task errorsRead;
    private readonly Stream input;
    private readonly Stream output;
    private long unitLength;
    private bool saidHello;

    public WorkerProcess(Process process)
    {
        this.process = process;
        ProcessId = process.Id;
        input = process.StandardInput.BaseStream;
        output = process.StandardOutput.BaseStream;
        errorsRead = errors.FollowAsync(process.StandardError);
    }

    /// <summary>Process id of the program itself once it has said hello; until then of the outermost wrapper.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The file whose bytes the worker holds.</summary>
    public string? Unit { get; private set; }

    /// <summary>True if it died while nobody asked it anything.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Pages read so far.</summary>
    public int Pages { get; private set; }

    public async Task<EngineInfo> HelloAsync(CancellationToken cancellation)
    {
        var (engine, _) = await ReceiveAsync(FrameKind.Hello, WorkerJson.Default.EngineInfo, cancellation);
        saidHello = true;
        ProcessId = ProcessTree.Innermost(process.Id);
        return engine;
    }

    /// <summary>Hands over a file's bytes.</summary>
    public async Task SendUnitAsync(string file, CancellationToken cancellation)
    {
        Unit = null;
        await using var source = SourceFile.Open(file);
        unitLength = source.Length;
        if (unitLength > WorkerFrame.MaxPayload)
        {
            throw new DigitizerException(FailureKind.FileTooLarge, $"The file has {unitLength >> 20} MiB; a page-worker takes {WorkerFrame.MaxPayload >> 20}. Split it into smaller files.");
        }

        await SendAsync(new WorkerFrame(FrameKind.Unit, 0, unitLength).ToBytes(), cancellation);
        await SourceFile.CopyAsync(source, unitLength, part => SendAsync(part, cancellation), cancellation);
        Unit = file;
    }

    public async Task<UnitContents> InspectAsync(CancellationToken cancellation)
    {
        await SendAsync(new WorkerFrame(FrameKind.Inspect, 0, 0).ToBytes(), cancellation);
        var (contents, _) = await ReceiveAsync(FrameKind.Contents, WorkerJson.Default.UnitContents, cancellation);
        return AnswerCheck.IsPossible(contents) ? contents : throw Broken("its list of pages is impossible");
    }

    /// <summary>Reads a page; the coded picture, if there is one, goes to <paramref name="imageFile"/>.</summary>
    /// <param name="index">The page, from 0.</param>
    /// <param name="imageFile">Written only if the picture is not the source file, and then whole.</param>
    /// <param name="handedOver">Called when the worker has the request.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<PageResult> ReadAsync(int index, string imageFile, Action handedOver, CancellationToken cancellation)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new ReadRequest(index), WorkerJson.Default.ReadRequest);
        byte[] request = [.. new WorkerFrame(FrameKind.Read, header.Length, 0).ToBytes(), .. header];
        await SendAsync(request, cancellation);
        handedOver();
        var (result, payload) = await ReceiveAsync(FrameKind.Page, WorkerJson.Default.PageResult, cancellation);
        if (!AnswerCheck.IsPossible(result, index, unitLength, payload))
        {
            throw Broken("its result is impossible, or for another page than asked");
        }

        await SavePictureAsync(result, payload, imageFile, cancellation);
        Pages++;
        return result;
    }

    /// <summary>Ends a worker that has nothing to do: it leaves by itself when its input ends, and is killed if it does not.</summary>
    /// <remarks>Only a process that was waited for by its parent shows its CPU time in the accounts of the system.</remarks>
    public async Task RetireAsync(TimeProvider time)
    {
        await CloseInputAsync();
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It did not want to.
        }

        await DisposeAsync();
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

        // Not closed by Process.Dispose once they have been handed out.
        process.StandardError.Dispose();
        await output.DisposeAsync();
        await CloseInputAsync();
        process.Dispose();
    }

    private async Task CloseInputAsync()
    {
        try
        {
            await process.StandardInput.DisposeAsync();
        }
        catch (IOException)
        {
            // Nobody reads the other end any more.
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await input.WriteAsync(bytes, cancellation);
        }
        catch (IOException)
        {
            // Its last words, or how it ended, say why it no longer listens.
            var (frame, _) = await ReceiveFrameAsync(cancellation);
            throw Broken($"it stopped listening and answered {frame.Kind}");
        }
    }

    private async Task<(T Message, long Payload)> ReceiveAsync<T>(FrameKind expected, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var (frame, header) = await ReceiveFrameAsync(cancellation);
        return frame.Kind == expected
            ? (Parse(header, type), frame.PayloadLength)
            : throw Broken($"it answered {frame.Kind} where {expected} was due");
    }

    /// <exception cref="DigitizerException">What the worker reports, how it ended, or how it broke the protocol.</exception>
    private async Task<(WorkerFrame Frame, byte[] Header)> ReceiveFrameAsync(CancellationToken cancellation)
    {
        try
        {
            var start = new byte[WorkerFrame.Size];
            await output.ReadExactlyAsync(start, cancellation);
            var frame = WorkerFrame.Parse(start);
            var header = new byte[frame.HeaderLength];
            await output.ReadExactlyAsync(header, cancellation);
            return frame.Kind == FrameKind.Failed
                ? throw AnswerCheck.Failure(Parse(header, WorkerJson.Default.WorkerFailure), isStarting: !saidHello)
                : (frame, header);
        }
        catch (EndOfStreamException)
        {
            throw await EndedAsync(cancellation);
        }
        catch (InvalidDataException e)
        {
            throw Broken(e.Message);
        }
    }

    private async Task SavePictureAsync(PageResult result, long length, string file, CancellationToken cancellation)
    {
        if (result.Image.IsSourceFile)
        {
            return;
        }

        try
        {
            if (!await PictureFile.SaveAsync(output, length, result.Image.Sha256, file, cancellation))
            {
                throw Broken("its picture does not match its own digest");
            }
        }
        catch (EndOfStreamException)
        {
            throw await EndedAsync(cancellation);
        }
    }

    /// <summary>How the worker ended. One that closed its output and lives on is waited for no longer than the page may take.</summary>
    private async Task<DigitizerException> EndedAsync(CancellationToken cancellation)
    {
        await process.WaitForExitAsync(cancellation);
        await errorsRead.WaitAsync(cancellation);
        return WorkerEnd.Describe(process.ExitCode, errors);
    }

    private static T Parse<T>(byte[] json, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw Broken("it answered nothing");
        }
        catch (JsonException)
        {
            // Not passed on: the parser's message may quote the page.
            throw Broken($"its answer is no {typeof(T).Name}");
        }
    }

    private static DigitizerException Broken(string how)
        => new(FailureKind.PageWorkerFailed, $"The page-worker broke the protocol: {how}. If it happens again, hand the file to support.");
}
