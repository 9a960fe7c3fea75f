namespace CloudObserve.Pipeline.Spooling;

/// <summary>A file of the spool.</summary>
/// <param name="Name">The file's name, which determines the order by age.</param>
/// <param name="Length">The file's length in bytes.</param>
/// <param name="Weight">The weight of its batch in the ledger.</param>
/// <param name="Lane">A number that identifies the destination. Two destinations may share a number; they then share their turns.</param>
internal sealed record SpoolEntry(string Name, long Length, long Weight, uint Lane);
