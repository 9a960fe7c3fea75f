namespace CloudObserve.Pipeline.Spooling;

/// <summary>What lies in a signal's spool at one moment.</summary>
/// <param name="Batches">The number of files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Weight">What they count for in the ledger.</param>
internal readonly record struct SpoolGauges(int Batches, long Bytes, long Weight);
