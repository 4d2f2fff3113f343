using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Digitizer.Conformance;
using Digitizer.Failures;
using Digitizer.Native;
using Digitizer.Pages;
using Digitizer.Pages.Pdf;
using Digitizer.Pages.Pdf.Forms;
using Digitizer.Recognition;

namespace Digitizer.PageWorkers;

/// <summary>The child side: one request after the other, until the host closes its end.</summary>
internal sealed class PageWorkerLoop(Stream input, Stream output, Func<IPageRecognizer> load, PdfPolicy policy)
{
    private const int OutOfMemoryExit = 4;

    // Leptonica keeps colour in 32 bits; decoding and turning need the picture twice at a time.
    private const int SizeOfPixel = 4;
    private const int Copies = 2;

    /// <summary>Loads the engine, says hello, serves.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        PageReader reader;
        try
        {
            reader = new PageReader(load(), policy);
        }
        catch (DigitizerException e)
        {
            Fail(e);
            return 3;
        }

        using (reader)
        {
            Send(FrameKind.Hello, reader.Engine, WorkerJson.Default.EngineInfo);
            return Serve(reader);
        }
    }

    private int Serve(PageReader reader)
    {
        var unit = Array.Empty<byte>();
        var start = new byte[WorkerFrame.Size];
        while (input.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length)
        {
            var frame = WorkerFrame.Parse(start);
            var header = Take(frame.HeaderLength);
            try
            {
                if (frame.Kind == FrameKind.Unit)
                {
                    reader.Forget();
                    unit = [];
                    unit = Take(frame.PayloadLength);
                }
                else
                {
                    Answer(reader, frame.Kind, header, unit);
                }
            }
            catch (DigitizerException e) when (e.Kind != FailureKind.PageOutOfMemory)
            {
                Fail(e);
            }
            catch (Exception e) when (e is OutOfMemoryException or DigitizerException)
            {
                // Nothing is known about the state of native libraries now: answer and go.
                Fail(WorkerEnd.OutOfMemory(e));
                return OutOfMemoryExit;
            }
        }

        return 0;
    }

    private void Answer(PageReader reader, FrameKind kind, byte[] header, byte[] unit)
    {
        switch (kind)
        {
            case FrameKind.Inspect:
                Send(FrameKind.Contents, reader.Inspect(unit), WorkerJson.Default.UnitContents);
                break;
            case FrameKind.Read:
                Read(reader, unit, JsonSerializer.Deserialize(header, WorkerJson.Default.ReadRequest)!);
                break;
            case FrameKind.Shrink:
                Shrink(reader, unit, JsonSerializer.Deserialize(header, WorkerJson.Default.ShrinkRequest)!);
                break;
            case FrameKind.Export:
                var wanted = JsonSerializer.Deserialize(header, WorkerJson.Default.ExportRequest)!;
                Send(FrameKind.Exported, reader.Pdf(unit).Export(wanted.Pages, wanted.FirstNumber, SendObject), WorkerJson.Default.ExportedForms);
                break;
            case FrameKind.Conform:
                Send(FrameKind.Conformance, new ConformanceReport(PdfAConformance.Check(unit)), WorkerJson.Default.ConformanceReport);
                break;
            default:
                throw new InvalidDataException($"The host sent {kind}.");
        }
    }

    private void Read(PageReader reader, byte[] unit, ReadRequest request)
    {
        try
        {
            var (result, image, thumbnail) = reader.Read(unit, request.Index, Render, request.IsCompact);
            Send(FrameKind.Page, result, WorkerJson.Default.PageResult, image ?? [], thumbnail);
        }
        catch (DigitizerException e) when (e.InnerException is NativeException && !HasRoom(reader.Inspect(unit).Frames[request.Index]))
        {
            throw WorkerEnd.OutOfMemory(e);
        }
    }

    private void Shrink(PageReader reader, byte[] unit, ShrinkRequest request)
    {
        var smaller = reader.Shrink(unit, request.Index, request.Dpi, request.MostBytes, Render);
        Send(FrameKind.Shrunk, new ShrunkPicture(smaller.Image, smaller.Rung), WorkerJson.Default.ShrunkPicture, smaller.Bytes);
    }

    /// <summary>Asks the host for a rendering and waits for it.</summary>
    private RenderedPage Render(RenderRequest request)
    {
        Send(FrameKind.Render, request, WorkerJson.Default.RenderRequest);
        var frame = WorkerFrame.Parse(Take(WorkerFrame.Size));
        var sizes = JsonSerializer.Deserialize(Take(frame.HeaderLength), WorkerJson.Default.RenderedSizes)!;
        return new RenderedPage(Take(sizes.Picture), sizes.Text is { } text ? Take(text) : null, sizes.MetLosses);
    }

    /// <summary>
    /// Whether the page could be decoded in the memory that is left. Leptonica says the same of a
    /// damaged picture and of one for which it got no memory; only trying tells them apart.
    /// </summary>
    private static bool HasRoom(FrameInfo frame)
        => MemoryRoom.IsThere((long)frame.Width * frame.Height * SizeOfPixel * Copies);

    private void SendObject(int number, ReadOnlySpan<byte> bytes)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new ExportedObject(number), WorkerJson.Default.ExportedObject);
        output.Write(new WorkerFrame(FrameKind.Object, header.Length, bytes.Length).ToBytes());
        output.Write(header);
        output.Write(bytes);
    }

    private void Fail(DigitizerException e)
        => Send(FrameKind.Failed, new WorkerFailure(e.Kind, e.Message), WorkerJson.Default.WorkerFailure);

    private byte[] Take(long length)
    {
        var bytes = new byte[length];
        input.ReadExactly(bytes);
        return bytes;
    }

    private void Send<T>(FrameKind kind, T message, JsonTypeInfo<T> type, params byte[][] payload)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(message, type);
        output.Write(new WorkerFrame(kind, header.Length, payload.Sum(part => (long)part.Length)).ToBytes());
        output.Write(header);
        foreach (var part in payload)
        {
            output.Write(part);
        }

        output.Flush();
    }
}
