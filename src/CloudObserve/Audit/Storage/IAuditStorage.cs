namespace CloudObserve.Audit.Storage;

/// <summary>Represents the file system to which the trail writes.</summary>
/// <remarks>
/// Tests replace it to simulate failures. All members throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> on
/// failure.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal interface IAuditStorage
{
    /// <summary>Opens a file for reading and writing; creates it if it does not exist.</summary>
    IAuditFile Open(string path);

    /// <summary>Returns the current length of the file at a path, even if it is open elsewhere.</summary>
    /// <returns>The length, or <see langword="null"/> if there is no file.</returns>
    long? LengthOf(string path);

    /// <summary>Renames a file, replacing an existing one, and returns when this is on disk.</summary>
    void Move(string from, string to);

    /// <summary>Deletes a file if it exists.</summary>
    void Delete(string path);

    /// <summary>Creates a directory and its parents, and returns when this is on disk.</summary>
    void CreateDirectory(string path);

    /// <summary>Returns when the entries of a directory are on disk.</summary>
    void FlushDirectory(string path);
}
