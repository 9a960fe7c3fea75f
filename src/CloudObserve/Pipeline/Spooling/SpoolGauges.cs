namespace CloudObserve.Pipeline.Spooling;

/// <summary>The content of a signal's spool at one moment.</summary>
/// <param name="Batches">The number of files.</param>
/// <param name="Bytes">The total length of the files, in bytes.</param>
/// <param name="Weight">The weight of their batches in the ledger.</param>
internal readonly record struct SpoolGauges(int Batches, long Bytes, long Weight);
