namespace CloudObserve.Audit.Journal;

/// <summary>A record that waits for the next group commit.</summary>
/// <param name="Record">The record; without bytes it only marks a place that somebody waits for.</param>
/// <param name="Waiter">Who waits for it, if anybody does.</param>
/// <param name="Since">When it was handed in, as a timestamp.</param>
internal readonly record struct PendingRecord(EncodedRecord Record, TaskCompletionSource? Waiter, long Since);
