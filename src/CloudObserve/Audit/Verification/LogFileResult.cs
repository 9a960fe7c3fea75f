using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.Verification;

/// <summary>What reading a sealed file came to.</summary>
/// <param name="File">The file.</param>
/// <param name="Span">Its chained records; <see langword="null"/> if it has none.</param>
/// <param name="Records">How many records it has.</param>
/// <param name="IsDigested">Whether a digest names it.</param>
internal sealed record LogFileResult(TrailPath File, RecordSpan? Span, long Records, bool IsDigested);
