using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>Represents the result of reading a sealed file.</summary>
/// <param name="File">The file.</param>
/// <param name="Span">The records of the chain; <see langword="null"/> if there are none.</param>
/// <param name="Records">The number of records.</param>
/// <param name="IsDigested">Whether a digest lists the file.</param>
internal sealed record LogFileResult(TrailPath File, RecordSpan? Span, long Records, bool IsDigested);
