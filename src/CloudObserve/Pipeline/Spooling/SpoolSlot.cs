namespace CloudObserve.Pipeline.Spooling;

/// <summary>A numbered directory below the spool that one process owns by a lock which ends with the process, however that ends.</summary>
internal sealed class SpoolSlot : IDisposable
{
    private const string LockName = "lock";

    private readonly FileStream _lock;

    private SpoolSlot(string path, FileStream held) => (Path, _lock) = (path, held);

    internal string Path { get; }

    /// <summary>Takes the slot, unless a process has it.</summary>
    /// <exception cref="IOException">The directory cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory may not be made or written to.</exception>
    internal static SpoolSlot? TryTake(string path)
    {
        _ = Directory.CreateDirectory(path);
        string name = System.IO.Path.Combine(path, LockName);
        try
        {
            return new SpoolSlot(path, new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException) when (IsHeld(name))
        {
            return null;
        }
    }

    public void Dispose() => _lock.Dispose();

    // A lock that is held shows as a failed open of a file that is there; a full or broken disk shows as the same exception, but not here.
    private static bool IsHeld(string name) => File.Exists(name) && new FileInfo(name).Length == 0;
}
