using CloudObserve.Audit.Records;

namespace CloudObserve.Audit.Journal;

/// <summary>Represents a record that waits for the next group commit.</summary>
/// <param name="Record">The record. Without bytes it is only a marker for a caller that waits for all records before it.</param>
/// <param name="Waiter">The waiting caller, or <see langword="null"/>.</param>
/// <param name="Since">The timestamp at which it was added.</param>
internal readonly record struct PendingRecord(EncodedRecord Record, TaskCompletionSource? Waiter, long Since);
