using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Represents a digest with the evidence for its authenticity.</summary>
/// <param name="File">The file of the digest.</param>
/// <param name="Content">The content of the digest.</param>
/// <param name="Signature">The signature beside it in lower-case hexadecimal digits; <see langword="null"/> if there is none.</param>
internal sealed record SignedDigest(TrailPath File, TrailDigest Content, string? Signature)
{
    /// <summary>Gets or sets whether its signature is valid, or a trusted digest covers its content.</summary>
    internal bool IsTrusted { get; set; }
}
