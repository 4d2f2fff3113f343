using Digitizer.Intake.Submissions;

namespace Digitizer.Worker.Api.Submissions;

/// <summary>A submission as it came: its files are on the disk. Whatever of them is not accepted is deleted with it.</summary>
internal sealed class ReceivedSubmission : IDisposable
{
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Name and bytes; null: none was sent.</summary>
    public (string Name, byte[] Bytes)? Manifest { get; set; }

    public List<SubmittedFile> Files { get; } = [];

    /// <summary>A field's value; null: it was not sent, or is empty.</summary>
    public string? Field(string name) => Fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public void Dispose() => Files.ForEach(SubmissionIntake.Discard);
}
