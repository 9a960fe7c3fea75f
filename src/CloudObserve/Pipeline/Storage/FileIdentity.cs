namespace CloudObserve.Pipeline.Storage;

/// <summary>The identity of a file in its file system. Two paths with the same identity refer to the same file.</summary>
/// <param name="Device">The number of the file system.</param>
/// <param name="Inode">The number of the file in it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
