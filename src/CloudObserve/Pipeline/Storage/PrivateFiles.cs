using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>Creates and opens the library's files on disk: accessible to the process's own user only, and regular files only.</summary>
/// <remarks>
/// <para>
/// Use it for every file and directory below the state directory and the directory of an audit trail, instead of <see cref="File"/>,
/// <see cref="FileStream"/> and <see cref="Directory.CreateDirectory(string)"/>. Use a handle with <see cref="RandomAccess"/>, or with a
/// <see cref="FileStream"/> that then owns it.
/// </para>
/// <para>
/// On Unix a directory is created with mode 0700 and a file with mode 0600, whatever the umask is. Existing files and directories keep
/// their mode; <see cref="OpenToOthers"/> returns the access it gives to other users. On Windows both inherit the access rights of their
/// directory.
/// </para>
/// <para>
/// Opening never blocks and never follows a symbolic link in the last part of the path. A pipe, socket, device, directory or link is
/// refused with an <see cref="IOException"/> that says so. On Linux, macOS and FreeBSD the system checks this while it opens the file
/// (<c>O_NOFOLLOW</c>, <c>O_NONBLOCK</c>). Elsewhere the path is checked just before, so a file that is swapped in between is not noticed.
/// </para>
/// <para>
/// Do not use it for a file that the application names, such as a signing key: that file may be a link for good reason, as mounted secrets
/// are.
/// </para>
/// <para>All methods throw the exceptions of <see cref="System.IO"/>: <see cref="IOException"/> and
/// <see cref="UnauthorizedAccessException"/>.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal static class PrivateFiles
{
    internal const UnixFileMode FileAccessMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal const UnixFileMode DirectoryAccessMode = FileAccessMode | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // Limits the attempts if another process creates and deletes the file repeatedly.
    private const int MaxAttempts = 8;

    /// <summary>Creates a directory and its missing parent directories.</summary>
    internal static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(path);
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateDirectory(parent);
        }

        _ = Directory.CreateDirectory(path, DirectoryAccessMode);

        // A umask can remove rights from the owner too. Other rights are not removed: the directory may have inherited its group on
        // purpose.
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & DirectoryAccessMode) != DirectoryAccessMode)
        {
            File.SetUnixFileMode(path, mode | DirectoryAccessMode);
        }
    }

    /// <summary>Opens an existing file for reading. Other processes may write, rename and delete it meanwhile.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    internal static SafeFileHandle OpenRead(string path) => TryOpen(path, FileAccess.Read) ?? throw Missing(path);

    /// <summary>Opens an existing file for reading and writing.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    internal static SafeFileHandle OpenReadWrite(string path) => TryOpen(path, FileAccess.ReadWrite) ?? throw Missing(path);

    /// <summary>Opens a file for reading and writing, and creates it if it is missing.</summary>
    internal static SafeFileHandle OpenOrCreate(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            if (TryOpen(path, FileAccess.ReadWrite) is { } file)
            {
                return file;
            }

            try
            {
                return CreateNew(path);
            }
            catch (IOException) when (attempt < MaxAttempts && File.Exists(path))
            {
                // Another process created the file in between.
            }
        }
    }

    /// <summary>Creates a file that must not exist yet, for reading and writing.</summary>
    internal static SafeFileHandle CreateNew(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }

        // The mode is set while the file is created, so no other user can open it before.
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = FileAccessMode,
            BufferSize = 0,
        };
        using (FileStream created = new(path, options))
        {
            if (File.GetUnixFileMode(created.SafeFileHandle) != FileAccessMode)
            {
                File.SetUnixFileMode(created.SafeFileHandle, FileAccessMode);
            }
        }

        return OpenReadWrite(path);
    }

    /// <summary>Opens a lock file, creates it if it is missing, and takes its lock, which ends with the handle or the process.</summary>
    /// <returns>The handle, or <see langword="null"/> if another process holds the lock.</returns>
    internal static SafeFileHandle? TryOpenLocked(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsFiles.TryOpenLocked(path);
        }

        SafeFileHandle file = OpenOrCreate(path);
        if (UnixFiles.TryLock(file))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    /// <summary>Reads a whole file, unless it is longer than the limit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The maximum number of bytes. Nothing is allocated for a longer file.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is longer than <paramref name="maxBytes"/>.</exception>
    internal static byte[] ReadAllBytes(string path, int maxBytes)
    {
        using SafeFileHandle file = OpenRead(path);
        long length = RandomAccess.GetLength(file);
        if (length > maxBytes)
        {
            throw new InvalidDataException($"'{path}' has {length} bytes, but at most {maxBytes} are expected.");
        }

        byte[] content = new byte[length];
        int read = 0;
        while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is > 0 and var bytes)
        {
            read += bytes;
        }

        // The file may have been truncated meanwhile. Bytes appended meanwhile are not read.
        return read == content.Length ? content : content[..read];
    }

    /// <summary>Returns a value that does not change while the file exists and that no other existing file of the machine has.</summary>
    /// <returns>The identity, or <see langword="null"/> on systems other than Linux, and where Linux does not return it.</returns>
    internal static FileIdentity? IdentityOf(SafeFileHandle file) => OperatingSystem.IsLinux() ? UnixFiles.StatusOf(file)?.Identity : null;

    /// <summary>Returns the access rights of users other than the owner to a directory or file.</summary>
    /// <returns><see cref="UnixFileMode.None"/> if they have none, and always on Windows.</returns>
    internal static UnixFileMode OpenToOthers(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path) & Others;

    /// <summary>Opens a file of unknown type.</summary>
    /// <returns>The handle, or <see langword="null"/> if the file does not exist.</returns>
    private static SafeFileHandle? TryOpen(string path, FileAccess access)
    {
        if (UnixFiles.IsSupported)
        {
            return UnixFiles.TryOpen(path, access);
        }

        FileInfo file = new(path);
        if (file.LinkTarget is not null || Directory.Exists(path))
        {
            throw NotRegular(path);
        }

        return file.Exists ? File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete) : null;
    }

    internal static IOException NotRegular(string path) =>
        new($"'{path}' is not a regular file but a link, directory, pipe, socket or device.");

    private static FileNotFoundException Missing(string path) => new($"'{path}' does not exist.", path);
}
