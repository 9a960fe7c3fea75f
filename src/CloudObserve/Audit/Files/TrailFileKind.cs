namespace CloudObserve.Audit.Files;

/// <summary>What a file of the trail is, by its path.</summary>
internal enum TrailFileKind
{
    /// <summary>Sealed records.</summary>
    Log = 0,

    /// <summary>A digest.</summary>
    Digest,
}
