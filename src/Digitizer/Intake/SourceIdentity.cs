using Digitizer.Native;

namespace Digitizer.Intake;

/// <summary>What is known of a file that was let in.</summary>
/// <param name="Unit">Its id.</param>
/// <param name="Sha256">Of its content, lower-case hex.</param>
/// <param name="Facts">As it was before and after it was hashed.</param>
internal sealed record SourceIdentity(UnitId Unit, string Sha256, FileFacts Facts);
