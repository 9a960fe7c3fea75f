namespace CloudObserve.Audit.Files;

/// <summary>Specifies the kind of a trail's file, according to its path.</summary>
internal enum TrailFileKind
{
    /// <summary>Sealed records.</summary>
    Log = 0,

    /// <summary>A digest.</summary>
    Digest,
}
