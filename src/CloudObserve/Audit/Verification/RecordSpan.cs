using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>The chained records of one file, in short.</summary>
/// <param name="Place">The file.</param>
/// <param name="First">The number of the first.</param>
/// <param name="Previous">The hash of the record before the first, as the first has it.</param>
/// <param name="Last">The highest number.</param>
/// <param name="LastHash">The hash of that record.</param>
/// <param name="IsAfterLoss">Whether the first says that records before it are missing.</param>
internal readonly record struct RecordSpan(string Place, long First, RecordHash Previous, long Last, RecordHash LastHash, bool IsAfterLoss);
