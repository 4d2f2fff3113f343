namespace Digitizer.Worker.Api.Access;

/// <summary>What a caller of the API may do.</summary>
[Flags]
internal enum Right
{
    /// <summary>Nothing that needs a right; being known is enough.</summary>
    None = 0,

    /// <summary>Hand in files.</summary>
    Submit = 1,

    /// <summary>See units, and fetch results.</summary>
    Read = 2,

    /// <summary>Decide: assign, retry, cancel.</summary>
    Act = 4,
}
