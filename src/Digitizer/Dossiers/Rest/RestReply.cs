using System.Text.Json.Nodes;

namespace Digitizer.Dossiers.Rest;

/// <summary>What became of one HTTP call.</summary>
internal abstract record RestReply
{
    private RestReply()
    {
    }

    /// <summary>The system answered, to the end.</summary>
    internal sealed record Answer(int Status) : RestReply
    {
        /// <summary>From <c>Retry-After</c>.</summary>
        public TimeSpan? RetryAfter { get; init; }

        /// <summary>Body, if it is JSON.</summary>
        public JsonNode? Json { get; init; }

        /// <summary>True for a web page: from something in between that knows nothing of documents.</summary>
        public bool IsPage { get; init; }

        /// <summary>Digest of the body, where it was asked for as bytes.</summary>
        public string? ContentSha256 { get; init; }

        public bool IsSuccess => Status is >= 200 and < 300;
    }

    /// <summary>The request certainly did not get there as a whole.</summary>
    internal sealed record NotSent(string Why, TimeSpan? RetryAfter = null) : RestReply;

    /// <summary>It was sent, or may have been, and no whole answer came.</summary>
    internal sealed record Lost(string Why) : RestReply;
}
