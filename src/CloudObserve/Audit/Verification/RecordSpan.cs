using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Verification;

/// <summary>Summarizes the records of one file's chain.</summary>
/// <param name="Place">The file.</param>
/// <param name="First">The number of the first record.</param>
/// <param name="Previous">The hash of the record before the first one, according to the first one.</param>
/// <param name="Last">The highest record number.</param>
/// <param name="LastHash">The hash of the record with that number.</param>
/// <param name="IsAfterLoss">Whether the first record reports that records before it are missing.</param>
internal readonly record struct RecordSpan(string Place, long First, RecordHash Previous, long Last, RecordHash LastHash, bool IsAfterLoss);
