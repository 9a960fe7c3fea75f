namespace CloudObserve.Pipeline.Storage;

/// <summary>The file system's own name for a file: two paths that give the same one lead to the same file.</summary>
/// <param name="Device">The number of the file system.</param>
/// <param name="Inode">The number of the file in it.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);
