namespace CloudObserve.Pipeline.Spooling;

/// <summary>A file of the spool.</summary>
/// <param name="Name">The file's name, by which the oldest is found.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Weight">What its batch counts for in the ledger.</param>
/// <param name="Lane">Tells destinations apart. Two may share a number, and then only their turns.</param>
internal sealed record SpoolEntry(string Name, long Length, long Weight, uint Lane);
