namespace CloudObserve.Audit.Sealing;

/// <summary>Represents a sealed file that no digest lists yet.</summary>
/// <param name="Key">The path of the file, relative to the trail's directory.</param>
/// <param name="Records">The information for the digest.</param>
internal sealed record SealedFile(string Key, SealedRecords Records);
