using System.Net.Sockets;
using System.Runtime.Versioning;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Tests.Pipeline.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(60);

    private readonly string _path = Directory.CreateTempSubdirectory("cloudobserve-files").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [UnixFact]
    public void Directories_and_files_are_the_owners_alone()
    {
        string directory = In("a", "b", "c");
        PrivateFiles.CreateDirectory(directory);
        PrivateFiles.CreateNew(Path.Combine(directory, "new")).Dispose();
        PrivateFiles.OpenOrCreate(Path.Combine(directory, "opened")).Dispose();
        PrivateFiles.TryOpenLocked(Path.Combine(directory, "lock"))!.Dispose();

        Assert.All([In("a"), In("a", "b"), directory], d => Assert.Equal(PrivateFiles.DirectoryAccessMode, File.GetUnixFileMode(d)));
        Assert.Equal(3, Directory.GetFiles(directory).Length);
        Assert.All(Directory.GetFiles(directory), f => Assert.Equal(PrivateFiles.FileAccessMode, File.GetUnixFileMode(f)));
    }

    [UnixFact]
    public void What_exists_keeps_its_mode_and_is_told_to_be_open_to_others()
    {
        const UnixFileMode open = PrivateFiles.DirectoryAccessMode | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;
        _ = Directory.CreateDirectory(In("open"));
        File.SetUnixFileMode(In("open"), open);
        PrivateFiles.CreateDirectory(In("open"));
        PrivateFiles.CreateDirectory(In("open", "private"));

        Assert.Equal(open, File.GetUnixFileMode(In("open")));
        Assert.Equal(UnixFileMode.GroupRead | UnixFileMode.OtherWrite, PrivateFiles.OpenToOthers(In("open")));
        Assert.Equal(UnixFileMode.None, PrivateFiles.OpenToOthers(In("open", "private")));
    }

    [UnixFact]
    public async Task What_is_no_regular_file_is_refused_and_nothing_waits_for_it()
    {
        await File.WriteAllTextAsync(In("regular"), "content");
        SpecialFiles.MakePipe(In("pipe"));
        _ = Directory.CreateDirectory(In("directory"));
        _ = File.CreateSymbolicLink(In("link"), In("regular"));
        _ = File.CreateSymbolicLink(In("zero"), "/dev/zero");
        _ = File.CreateSymbolicLink(In("dangling"), In("nowhere"));
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(In("socket")));

        foreach (string name in new[] { "pipe", "directory", "link", "zero", "dangling", "socket" })
        {
            foreach (Func<string, SafeFileHandle> open in new Func<string,
                SafeFileHandle>[] { PrivateFiles.OpenRead, PrivateFiles.OpenReadWrite, PrivateFiles.OpenOrCreate })
            {
                Exception exception =
                    await Assert.ThrowsAnyAsync<Exception>(() => Task.Run(() => open(In(name)).Dispose()).WaitAsync(Safety));
                Assert.True(exception is IOException and not FileNotFoundException, $"{name}: {exception}");
            }
        }

        Assert.False(File.Exists(In("nowhere")));
    }

    [UnixFact]
    public void A_device_is_refused_too() => Assert.Throws<IOException>(() => PrivateFiles.OpenRead("/dev/zero"));

    [Fact]
    public void A_file_is_read_up_to_its_limit()
    {
        File.WriteAllText(In("file"), "12345");

        Assert.Equal("12345"u8.ToArray(), PrivateFiles.ReadAllBytes(In("file"), 5));
        Assert.Throws<InvalidDataException>(() => PrivateFiles.ReadAllBytes(In("file"), 4));
        Assert.Throws<FileNotFoundException>(() => PrivateFiles.ReadAllBytes(In("other"), 4));
    }

    [Fact]
    public void A_sparse_file_of_gigabytes_costs_no_memory()
    {
        SpecialFiles.MakeSparse(In("sparse"), 3L * 1024 * 1024 * 1024);
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<InvalidDataException>(() => PrivateFiles.ReadAllBytes(In("sparse"), 64 * 1024 * 1024));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void A_lock_is_held_by_one_and_ends_with_its_handle()
    {
        SafeFileHandle first = PrivateFiles.TryOpenLocked(In("lock"))!;
        Assert.Null(PrivateFiles.TryOpenLocked(In("lock")));
        first.Dispose();
        using SafeFileHandle? second = PrivateFiles.TryOpenLocked(In("lock"));
        Assert.NotNull(second);
    }

    [UnixFact]
    public void A_file_that_took_the_name_of_another_has_another_identity()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using SafeFileHandle first = PrivateFiles.CreateNew(In("file"));
        using SafeFileHandle again = PrivateFiles.OpenRead(In("file"));
        File.Delete(In("file"));
        using SafeFileHandle second = PrivateFiles.CreateNew(In("file"));

        Assert.NotNull(PrivateFiles.IdentityOf(first));
        Assert.Equal(PrivateFiles.IdentityOf(first), PrivateFiles.IdentityOf(again));
        Assert.NotEqual(PrivateFiles.IdentityOf(first), PrivateFiles.IdentityOf(second));
    }

    [Fact]
    public void Many_that_open_or_create_one_file_get_the_same()
    {
        Parallel.For(0, 2_000, i =>
        {
            string path = In($"shared{i % 20}");
            using SafeFileHandle file = PrivateFiles.OpenOrCreate(path);
            RandomAccess.Write(file, "x"u8, 0);
        });

        Assert.Equal(20, Directory.GetFiles(_path, "shared*").Length);
        Assert.All(Directory.GetFiles(_path, "shared*"), f => Assert.Equal(1, new FileInfo(f).Length));
    }

    private string In(params string[] names) => Path.Combine([_path, .. names]);
}
