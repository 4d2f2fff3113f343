using System.Text.Encodings.Web;
using System.Text.Json;
using Digitizer.Jobs;
using Digitizer.Service;

namespace Digitizer.Worker.Service;

/// <summary>JSON of questions to the journal and of its answers, over the control socket and for scripts.</summary>
internal static class ControlJson
{
    public static readonly JsonSerializerOptions Options = new(SideCar.Json)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(JobsReply reply) => JsonSerializer.Serialize(reply, Options);
}
