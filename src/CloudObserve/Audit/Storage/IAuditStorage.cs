namespace CloudObserve.Audit.Storage;

/// <summary>The file system, as far as the trail writes to it: the seam at which tests let it fail.</summary>
/// <remarks>Everything throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when it cannot be done.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal interface IAuditStorage
{
    /// <summary>Opens a file to read and write; makes it if it is missing.</summary>
    IAuditFile Open(string path);

    /// <summary>Finds out how long the file of a path is now, whoever has it open.</summary>
    /// <returns>Its length, or <see langword="null"/> when there is none.</returns>
    long? LengthOf(string path);

    /// <summary>Gives a file another name, in place of what has that name, and returns when that is on the disk.</summary>
    void Move(string from, string to);

    /// <summary>Removes a file, if it is there.</summary>
    void Delete(string path);

    /// <summary>Makes a directory and those it lies in, and returns when that is on the disk.</summary>
    void CreateDirectory(string path);

    /// <summary>Returns when the names of a directory's files are on the disk.</summary>
    void FlushDirectory(string path);
}
