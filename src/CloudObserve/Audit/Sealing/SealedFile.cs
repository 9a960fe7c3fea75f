namespace CloudObserve.Audit.Sealing;

/// <summary>A sealed file that no digest names yet.</summary>
/// <param name="Key">Its path below the trail's directory.</param>
/// <param name="Records">What a digest says of it.</param>
internal sealed record SealedFile(string Key, SealedRecords Records);
