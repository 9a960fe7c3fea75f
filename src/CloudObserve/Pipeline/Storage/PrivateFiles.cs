using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>Creates and opens what the library keeps on disk: for the process's own user alone, and regular files only.</summary>
/// <remarks>
/// <para>
/// Use it for every file and directory below the state directory and the directory of an audit trail, instead of <see cref="File"/>,
/// <see cref="FileStream"/> and <see cref="Directory.CreateDirectory(string)"/>. A handle goes into <see cref="RandomAccess"/>, or into a
/// <see cref="FileStream"/> that then owns it.
/// </para>
/// <para>
/// On Unix a directory is created with mode 0700 and a file with mode 0600, whatever the umask is. What exists already keeps its mode:
/// <see cref="OpenToOthers"/> tells whether that admits other users. On Windows both inherit the access rights of the directory they lie in.
/// </para>
/// <para>
/// Opening never blocks and never follows a symbolic link in the last part of the path. A pipe, socket, device, directory or link is refused with an
/// <see cref="IOException"/> that says so. On Linux, macOS and FreeBSD the system checks this while it opens the file (<c>O_NOFOLLOW</c>,
/// <c>O_NONBLOCK</c>). Elsewhere the path is checked just before, so somebody who swaps the file in between is not noticed.
/// </para>
/// <para>
/// Do not use it for a file that the application names, such as a signing key: that may be a link for good reason, as mounted secrets are.
/// </para>
/// <para>Everything throws what <see cref="System.IO"/> throws: <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal static class PrivateFiles
{
    internal const UnixFileMode FileAccessMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal const UnixFileMode DirectoryAccessMode = FileAccessMode | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // A file that somebody creates and deletes all the time must not keep a caller here.
    private const int MaxAttempts = 8;

    /// <summary>Creates a directory, and those it lies in as far as they are missing.</summary>
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

        // A umask can take rights from the owner too. Nothing is taken away here: the directory may have inherited its group on purpose.
        UnixFileMode mode = File.GetUnixFileMode(path);
        if ((mode & DirectoryAccessMode) != DirectoryAccessMode)
        {
            File.SetUnixFileMode(path, mode | DirectoryAccessMode);
        }
    }

    /// <summary>Opens a file that exists, to read it. Others may write, rename and delete it meanwhile.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    internal static SafeFileHandle OpenRead(string path) => TryOpen(path, FileAccess.Read) ?? throw Missing(path);

    /// <summary>Opens a file that exists, to read and write it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    internal static SafeFileHandle OpenReadWrite(string path) => TryOpen(path, FileAccess.ReadWrite) ?? throw Missing(path);

    /// <summary>Opens a file to read and write it; creates it if it is missing.</summary>
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
                // Somebody else created it in between.
            }
        }
    }

    /// <summary>Creates a file that must not exist yet, to read and write it.</summary>
    internal static SafeFileHandle CreateNew(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }

        // The mode is given while the file is created, so nobody else can have opened it before.
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = FileAccessMode, BufferSize = 0 };
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
    /// <returns><see langword="null"/> when somebody else holds the lock.</returns>
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

    /// <summary>Reads a whole file, unless it is longer than expected.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Up to how many bytes are read. Nothing is allocated for a file that is longer.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is longer.</exception>
    internal static byte[] ReadAllBytes(string path, int maxBytes)
    {
        using SafeFileHandle file = OpenRead(path);
        long length = RandomAccess.GetLength(file);
        if (length > maxBytes)
        {
            throw new InvalidDataException($"'{path}' is {length} bytes long, but at most {maxBytes} are expected.");
        }

        byte[] content = new byte[length];
        int read = 0;
        while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is > 0 and var bytes)
        {
            read += bytes;
        }

        // It may have been cut meanwhile. What was added meanwhile is not read.
        return read == content.Length ? content : content[..read];
    }

    /// <summary>Gets a value that stays the same while a file exists and that no other file of the machine has at the same time.</summary>
    /// <returns><see langword="null"/> where the system does not tell it (other than Linux).</returns>
    internal static FileIdentity? IdentityOf(SafeFileHandle file) => OperatingSystem.IsLinux() ? UnixFiles.StatusOf(file)?.Identity : null;

    /// <summary>Gets the rights that users other than the owner have at a directory or file.</summary>
    /// <returns><see cref="UnixFileMode.None"/> when they have none, and on Windows always.</returns>
    internal static UnixFileMode OpenToOthers(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path) & Others;

    /// <summary>Opens a file of which nothing is known.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
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

    internal static IOException NotRegular(string path) => new($"'{path}' is not a regular file but a link, directory, pipe, socket or device.");

    private static FileNotFoundException Missing(string path) => new($"'{path}' does not exist.", path);
}
