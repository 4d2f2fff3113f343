namespace Digitizer.Worker.Api.Webhooks;

/// <summary>A system that is told what happens, an entry of <c>Service:Api:Webhooks</c>.</summary>
internal sealed record WebhookOptions
{
    /// <summary>How people and the journal call it: small letters, digits, hyphens. What it was told is remembered under it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where to: https, or http to an address of this machine. Used to the letter.</summary>
    public string Address { get; init; } = "";

    /// <summary>File with the secret that signs, a line of 32 bytes or more; with two lines both sign, while the receiver changes to the first. Read again when it changes.</summary>
    public string SecretFile { get; init; } = "";

    /// <summary>Sources whose units it is told of; none, or <c>*</c>: all.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>What it is told, docs/webhooks.md; none, or <c>*</c>: everything.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>True if it wants to hear of this.</summary>
    public bool Wants(string source, string name) => Includes(Sources, source) && Includes(Events, name);

    private static bool Includes(IReadOnlyList<string> list, string one) => list.Count == 0 || list.Contains(WebhookEvent.All) || list.Contains(one);
}
