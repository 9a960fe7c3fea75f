using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>A digest as it was found, with what speaks for it.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="Content">What it says.</param>
/// <param name="Signature">The signature beside it, lower-case hexadecimal; <see langword="null"/> if there is none.</param>
internal sealed record SignedDigest(TrailPath File, TrailDigest Content, string? Signature)
{
    /// <summary>Gets or sets whether its signature is known to be good, or a good digest vouches for its content.</summary>
    internal bool IsTrusted { get; set; }
}
