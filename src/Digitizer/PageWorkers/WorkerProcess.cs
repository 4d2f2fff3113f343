using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Digitizer.Confinement;
using Digitizer.Failures;
using Digitizer.Pages;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.PageWorkers.Confinement;
using Digitizer.Recognition;
using Digitizer.Workspace;

namespace Digitizer.PageWorkers;

/// <summary>
/// One running page-worker as the host sees it. Every failure to talk to it is a
/// <see cref="DigitizerException"/>; after one, and after a cancelled wait, it is of no more use.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Process process;
    private readonly ErrorLines errors = new(WorkerEnd.OutOfMemoryWords, []);
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

    /// <summary>Reads a page; the coded picture, if there is one, goes to <paramref name="imageFile"/>, the thumbnail beside it.</summary>
    /// <param name="request">Which page, and how.</param>
    /// <param name="imageFile">Written only if the picture is not the source file, and then whole.</param>
    /// <param name="handedOver">Called when the worker has the request.</param>
    /// <param name="render">Renders the page, if the worker asks for it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<PageResult> ReadAsync(ReadRequest request, string imageFile, Action handedOver, Func<RenderRequest, Task<RenderedPage>> render, CancellationToken cancellation)
    {
        await SendAsync(FrameKind.Read, request, WorkerJson.Default.ReadRequest, cancellation);
        handedOver();
        var (result, payload) = await ReceiveAsync(FrameKind.Page, WorkerJson.Default.PageResult, cancellation, (kind, asked) => RenderAsync(kind, asked, request.Index, render, cancellation));
        if (!AnswerCheck.IsPossible(result, request, unitLength, payload))
        {
            throw Broken("its result is impossible, or for another page than asked");
        }

        await SaveAsync(result, imageFile, cancellation);
        Pages++;
        return result;
    }

    /// <summary>Has a page's picture made smaller.</summary>
    /// <param name="request">Which.</param>
    /// <param name="file">Gets its coded bytes.</param>
    /// <param name="render">Renders the page, if the worker asks for it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ShrunkPicture> ShrinkAsync(ShrinkRequest request, string file, Func<RenderRequest, Task<RenderedPage>> render, CancellationToken cancellation)
    {
        await SendAsync(FrameKind.Shrink, request, WorkerJson.Default.ShrinkRequest, cancellation);
        var (shrunk, payload) = await ReceiveAsync(FrameKind.Shrunk, WorkerJson.Default.ShrunkPicture, cancellation, (kind, asked) => RenderAsync(kind, asked, request.Index, render, cancellation));
        if (!AnswerCheck.IsPossible(shrunk, payload))
        {
            throw Broken("the picture that it made smaller is impossible");
        }

        await SaveAsync(shrunk.Image.Bytes, shrunk.Image.Sha256, file, cancellation);
        return shrunk;
    }

    /// <summary>Checks the PDF against PDF/A-2u.</summary>
    public async Task<ConformanceReport> CheckConformanceAsync(CancellationToken cancellation)
    {
        await SendAsync(new WorkerFrame(FrameKind.Conform, 0, 0).ToBytes(), cancellation);
        var (report, _) = await ReceiveAsync(FrameKind.Conformance, WorkerJson.Default.ConformanceReport, cancellation);
        return AnswerCheck.IsPossible(report) ? report : throw Broken("its findings are impossible");
    }

    /// <summary>Takes pages of the PDF out of it, as form XObjects.</summary>
    /// <param name="request">Which.</param>
    /// <param name="file">Gets the objects, one behind the other.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<FormBundle> ExportAsync(ExportRequest request, string file, CancellationToken cancellation)
    {
        await SendAsync(FrameKind.Export, request, WorkerJson.Default.ExportRequest, cancellation);
        var bundle = new FormBundleWriter(request);
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        while (true)
        {
            var (frame, message) = await ReceiveFrameAsync(cancellation);
            if (frame.Kind != FrameKind.Object)
            {
                var exported = frame.Kind == FrameKind.Exported ? Parse(message, WorkerJson.Default.ExportedForms) : throw Broken($"it answered {frame.Kind} where {FrameKind.Exported} was due");
                return bundle.Finish(file, exported) ?? throw Broken("what it took out of the PDF is impossible");
            }

            if (!bundle.Add(Parse(message, WorkerJson.Default.ExportedObject).Number, frame.PayloadLength))
            {
                throw Broken("it took an object out of the PDF twice, or too many");
            }

            await CopyAsync(frame.PayloadLength, target, cancellation);
        }
    }

    private async Task CopyAsync(long length, FileStream target, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        try
        {
            for (var left = length; left > 0;)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, left));
                await output.ReadExactlyAsync(part, cancellation);
                await target.WriteAsync(part, cancellation);
                left -= part.Length;
            }
        }
        catch (EndOfStreamException)
        {
            throw await EndedAsync(cancellation);
        }
        catch (Exception e) when (WriteFailure.IsExpected(e))
        {
            throw WriteFailure.Create(e, target.Name);
        }
    }

    /// <returns>False: it asked for something else.</returns>
    private async Task<bool> RenderAsync(FrameKind kind, byte[] header, int index, Func<RenderRequest, Task<RenderedPage>> render, CancellationToken cancellation)
    {
        if (kind != FrameKind.Render)
        {
            return false;
        }

        var request = Parse(header, WorkerJson.Default.RenderRequest);
        if (!AnswerCheck.IsPossible(request, index))
        {
            throw Broken("it asks for a rendering that makes no sense");
        }

        var rendered = await render(request);
        var sizes = JsonSerializer.SerializeToUtf8Bytes(new RenderedSizes(rendered.Picture.Length, rendered.Text?.Length, rendered.MetLosses), WorkerJson.Default.RenderedSizes);
        await SendAsync(new WorkerFrame(FrameKind.Rendered, sizes.Length, rendered.Picture.Length + (rendered.Text?.Length ?? 0)).ToBytes(), cancellation);
        await SendAsync(sizes, cancellation);
        await SendAsync(rendered.Picture, cancellation);
        await SendAsync(rendered.Text, cancellation);
        return true;
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

    private async Task SendAsync<T>(FrameKind kind, T request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(request, type);
        byte[] frame = [.. new WorkerFrame(kind, header.Length, 0).ToBytes(), .. header];
        await SendAsync(frame, cancellation);
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

    /// <param name="expected">What ends the wait.</param>
    /// <param name="type">Of its header.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="ask">Serves what the worker asks for before that, once; null: nothing.</param>
    private async Task<(T Message, long Payload)> ReceiveAsync<T>(FrameKind expected, JsonTypeInfo<T> type, CancellationToken cancellation, Func<FrameKind, byte[], Task<bool>>? ask = null)
    {
        var (frame, header) = await ReceiveFrameAsync(cancellation);
        if (frame.Kind != expected && ask is not null && await ask(frame.Kind, header))
        {
            (frame, header) = await ReceiveFrameAsync(cancellation);
        }

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

    /// <summary>Both files or none.</summary>
    private async Task SaveAsync(PageResult result, string imageFile, CancellationToken cancellation)
    {
        if (!result.Image.IsSourceFile)
        {
            await SaveAsync(result.Image.Bytes, result.Image.Sha256, imageFile, cancellation);
        }

        try
        {
            await SaveAsync(result.Thumbnail.Bytes, result.Thumbnail.Sha256, PictureFile.Thumbnail(imageFile), cancellation);
        }
        catch
        {
            File.Delete(imageFile);
            throw;
        }
    }

    private async Task SaveAsync(long length, string sha256, string file, CancellationToken cancellation)
    {
        try
        {
            if (!await PictureFile.SaveAsync(output, length, sha256, file, cancellation))
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
