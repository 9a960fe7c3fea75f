using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>
/// Unix system calls that the framework does not offer: opening without following links or blocking, file type, and file locks.
/// </summary>
/// <remarks>
/// The framework waits for a writer when it opens a pipe, and follows every link; a check of the path beforehand can be defeated by a race.
/// The values of the flags differ between systems and processors. Where they are unknown, <see cref="IsSupported"/> is
/// <see langword="false"/> and the caller does not use this class. <c>statx</c> is used for the type because its result has the same layout
/// on every Linux.
/// </remarks>
internal static class UnixFiles
{
    private const int ReadOnly = 0;
    private const int ReadWrite = 2;

    private const int LockExclusive = 2;
    private const int LockWithoutWaiting = 4;

    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int AccessDenied = 13;
    private const int NoDirectory = 20;
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;
    private const int NoDeviceOrAddress = 6;
    private const int BsdTooManyLinks = 31;
    private const int LinuxLoop = 40;
    private const int MacLoop = 62;

    private const int OfTheHandleItself = 0x1000;
    private const uint TypeAndInode = 0x1 | 0x100;
    private const int StatusBytes = 256;
    private const int ModeOffset = 28;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;

    // Flags: do not follow a link, do not block on a pipe, and do not pass the file to child processes.
    private static readonly int? Flags = FlagsOf();

    private static volatile bool _hasNoStatus;

    internal static bool IsSupported => Flags is not null;

    /// <summary>Opens a regular file.</summary>
    /// <returns>The handle, or <see langword="null"/> if the file does not exist.</returns>
    internal static SafeFileHandle? TryOpen(string path, FileAccess access)
    {
        byte[] name = Encoding.UTF8.GetBytes(path + '\0');
        int flags = (access == FileAccess.Read ? ReadOnly : ReadWrite) | Flags!.Value;
        int descriptor;
        int error = 0;
        do
        {
            descriptor = Open(name, flags);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);

        if (descriptor < 0)
        {
            return error == NoEntry ? null : throw Fault(path, error);
        }

        SafeFileHandle file = new(descriptor, ownsHandle: true);
        if (IsRegular(file))
        {
            return file;
        }

        file.Dispose();
        throw PrivateFiles.NotRegular(path);
    }

    /// <summary>Opens a directory, which may be given by a link.</summary>
    /// <exception cref="IOException">The directory does not exist or cannot be opened.</exception>
    internal static SafeFileHandle OpenDirectory(string path)
    {
        // Only the close-on-exec flag is needed: child processes that inherit the descriptor would keep its lock.
        int closeOnExec = OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : OperatingSystem.IsFreeBSD()
            ? 0x100000 : 0;
        int descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly | closeOnExec);
        return descriptor < 0 ? throw Fault(path, Marshal.GetLastPInvokeError()) : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>
    /// Determines whether this handle holds the lock of the file, by taking it. Returns <see langword="false"/> where a file system has no
    /// locks.
    /// </summary>
    internal static bool IsLocked(SafeFileHandle file) => Lock(file, LockExclusive | LockWithoutWaiting) == 0;

    /// <summary>Takes the lock of an open file for as long as it is open.</summary>
    /// <returns><see langword="false"/> if another handle holds the lock. Where a file system has no locks, the result is
    /// <see langword="true"/>.</returns>
    internal static bool TryLock(SafeFileHandle file) =>
        Lock(file, LockExclusive | LockWithoutWaiting) == 0 || Marshal.GetLastPInvokeError() is not (LinuxWouldBlock or BsdWouldBlock);

    /// <summary>Returns the type and identity of an open file, on Linux.</summary>
    /// <returns>The status, or <see langword="null"/> where the system has no such call.</returns>
    internal static FileStatus? StatusOf(SafeFileHandle file)
    {
        if (_hasNoStatus || !OperatingSystem.IsLinux())
        {
            return null;
        }

        byte[] status = new byte[StatusBytes];
        try
        {
            if (Status(file, [0], OfTheHandleItself, TypeAndInode, status) != 0)
            {
                return null;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An older C library. The type is then determined as on other systems.
            _hasNoStatus = true;
            return null;
        }

        // The device consists of two 32-bit numbers and the inode of one 64-bit number, in the machine's byte order.
        ulong device = MemoryMarshal.Read<ulong>(status.AsSpan(DeviceOffset));
        FileIdentity identity = new(device, MemoryMarshal.Read<ulong>(status.AsSpan(InodeOffset)));
        return new FileStatus((MemoryMarshal.Read<ushort>(status.AsSpan(ModeOffset)) & TypeMask) == RegularType, identity);
    }

    private static bool IsRegular(SafeFileHandle file)
    {
        if (StatusOf(file) is { } status)
        {
            return status.IsRegular;
        }

        // Pipes, sockets and terminals have no position. A device may have one, but only an administrator can create a device.
        if ((File.GetAttributes(file) & FileAttributes.Directory) != 0)
        {
            return false;
        }

        try
        {
            _ = RandomAccess.GetLength(file);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static Exception Fault(string path, int error) => error switch
    {
        LinuxLoop when OperatingSystem.IsLinux() => PrivateFiles.NotRegular(path),
        MacLoop or BsdTooManyLinks when !OperatingSystem.IsLinux() => PrivateFiles.NotRegular(path),

        // A socket, or a device file without a device.
        NoDeviceOrAddress => PrivateFiles.NotRegular(path),
        NotPermitted or AccessDenied => new UnauthorizedAccessException(Words(path, error)),
        NoDirectory => new DirectoryNotFoundException(Words(path, error)),
        _ => new IOException(Words(path, error), error),
    };

    private static string Words(string path, int error) => $"'{path}' cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}.";

    private static int? FlagsOf()
    {
        if (OperatingSystem.IsLinux())
        {
            int noFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64
                or Architecture.Ppc64le
                ? 0x8000
                : 0x20000;
            return noFollow | 0x800 | 0x80000;
        }

        if (OperatingSystem.IsMacOS())
        {
            return 0x100 | 0x4 | 0x1000000;
        }

        return OperatingSystem.IsFreeBSD() ? 0x100 | 0x4 | 0x100000 : null;
    }

    // Declared without the third argument, which is needed only for a file to be created and is passed differently on some processors.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(SafeFileHandle file, int operation);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(SafeFileHandle file, byte[] path, int flags, uint mask, [Out] byte[] status);

    /// <param name="IsRegular">Whether the file is a regular file.</param>
    /// <param name="Identity">The identity of the file.</param>
    internal readonly record struct FileStatus(bool IsRegular, FileIdentity Identity);
}
