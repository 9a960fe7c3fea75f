using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>Calls of a Unix system that the framework does not offer: open without following links or waiting, the type of an open file, its lock.</summary>
/// <remarks>
/// The framework opens a pipe and waits until somebody writes to it, and follows a link wherever it leads; a check of the path beforehand can be
/// outrun. The numbers of the flags differ between systems and processors, so where they are not known, <see cref="IsSupported"/> is
/// <see langword="false"/> and the caller does without. <c>statx</c> is used for the type because its result has one layout on every Linux.
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

    // Not to follow a link, not to wait for a pipe's other end, and not to hand the file on to child processes.
    private static readonly int? Flags = FlagsOf();

    private static volatile bool _hasNoStatus;

    internal static bool IsSupported => Flags is not null;

    /// <summary>Opens a regular file.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
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

    /// <summary>Opens a directory, which may be named by a link.</summary>
    /// <exception cref="IOException">There is none, or it cannot be opened.</exception>
    internal static SafeFileHandle OpenDirectory(string path)
    {
        // Only the flag that keeps it from child processes is wanted: they would hold its lock on.
        int closeOnExec = OperatingSystem.IsLinux() ? 0x80000 : OperatingSystem.IsMacOS() ? 0x1000000 : OperatingSystem.IsFreeBSD() ? 0x100000 : 0;
        int descriptor = Open(Encoding.UTF8.GetBytes(path + '\0'), ReadOnly | closeOnExec);
        return descriptor < 0 ? throw Fault(path, Marshal.GetLastPInvokeError()) : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Says whether the lock of an open file is held by whoever has it open. Where a file system has no locks, it is not.</summary>
    internal static bool IsLocked(SafeFileHandle file) => Lock(file, LockExclusive | LockWithoutWaiting) == 0;

    /// <summary>Takes the lock of an open file for as long as it is open.</summary>
    /// <returns><see langword="false"/> when somebody else holds it. Where a file system has no locks, it counts as taken.</returns>
    internal static bool TryLock(SafeFileHandle file) =>
        Lock(file, LockExclusive | LockWithoutWaiting) == 0 || Marshal.GetLastPInvokeError() is not (LinuxWouldBlock or BsdWouldBlock);

    /// <summary>Gets the type and identity of an open file, on Linux.</summary>
    /// <returns><see langword="null"/> where the system has no such call.</returns>
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
            // An older C library. The type is then told as on other systems.
            _hasNoStatus = true;
            return null;
        }

        // The device is two numbers of 32 bits, the inode one of 64, in the byte order of the machine.
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

        // Pipes, sockets and terminals have no position. A device may have one, but only an administrator can put one into a directory.
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

        // A socket, or a device that nothing stands behind.
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
            int noFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le
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

    // Without the third argument, which only a file that is to be created needs: it is passed in another way on some processors.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Lock(SafeFileHandle file, int operation);

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(SafeFileHandle file, byte[] path, int flags, uint mask, [Out] byte[] status);

    /// <param name="IsRegular">Whether it is a file with content of its own.</param>
    /// <param name="Identity">Which file it is.</param>
    internal readonly record struct FileStatus(bool IsRegular, FileIdentity Identity);
}
