using CloudObserve.Pipeline.Spooling;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>The segments of a directory that this process owns: their order, their size, and room for more.</summary>
/// <threadsafety>Safe for concurrent readers of <see cref="Bytes"/> and <see cref="Count"/>; one thread at a time calls the
/// rest.</threadsafety>
internal sealed class SegmentDirectory : IDisposable
{
    private readonly LockedDirectory _directory;
    private readonly long _maxBytes;
    private readonly Action<string> _tell;

    // The lengths by number, and the files that were set aside, oldest first.
    private readonly SortedDictionary<long, long> _segments = [];
    private readonly SortedDictionary<string, long> _damaged = new(StringComparer.Ordinal);
    private long _bytes;
    private int _count;

    private SegmentDirectory(LockedDirectory directory, long maxBytes, Action<string> tell) =>
        (_directory, _maxBytes, _tell) = (directory, maxBytes, tell);

    internal string Path => _directory.Path;

    /// <summary>Gets the total length of all segments, and of the files that were set aside.</summary>
    internal long Bytes => Interlocked.Read(ref _bytes);

    internal int Count => Volatile.Read(ref _count);

    /// <summary>Gets the numbers of the segments, oldest first.</summary>
    internal IReadOnlyList<long> Numbers => [.. _segments.Keys];

    /// <summary>Opens a directory, and creates it if it is missing.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="maxBytes">The maximum length of all files together.</param>
    /// <param name="tell">Takes descriptions of faults.</param>
    /// <returns>The directory, or <see langword="null"/> if another process owns it.</returns>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory must not be used.</exception>
    internal static SegmentDirectory? TryOpen(string path, long maxBytes, Action<string> tell)
    {
        Exception? unwritten = OwnDirectory.Create(path, PrivateFiles.CreateDirectory);
        if (LockedDirectory.TryTake(path) is not { } owned)
        {
            return null;
        }

        if (unwritten is not null)
        {
            tell($"The file {OwnDirectory.IgnoreFile} could not be written: {unwritten.Message}");
        }

        SegmentDirectory directory = new(owned, maxBytes, tell);
        try
        {
            directory.Find();
            return directory;
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public void Dispose() => _directory.Dispose();

    internal string PathOf(long number) => System.IO.Path.Combine(Path, SegmentName.Of(number));

    /// <summary>Adds a new segment.</summary>
    /// <exception cref="IOException">There is no number for it.</exception>
    internal long Add()
    {
        long number = _segments.Count == 0 ? 1 : _segments.Keys.Last() + 1;
        if (number > SegmentName.MaxNumber)
        {
            throw new IOException(
                $"No segment may follow {SegmentName.Of(SegmentName.MaxNumber)}, which this library did not write. Delete it.");
        }

        SetLength(number, 0);
        return number;
    }

    /// <summary>Gets the length of a segment.</summary>
    internal long LengthOf(long number) => _segments[number];

    /// <summary>Records the length of a segment.</summary>
    internal void SetLength(long number, long length)
    {
        long before = _segments.GetValueOrDefault(number);
        _segments[number] = length;
        Changed(length - before);
    }

    /// <summary>Deletes a segment.</summary>
    internal void Delete(long number)
    {
        try
        {
            File.Delete(PathOf(number));
        }
        catch (DirectoryNotFoundException)
        {
            // It is gone with its directory.
        }

        Forget(number);
    }

    /// <summary>Makes room for more bytes: first the files that were set aside go, then the oldest segments.</summary>
    /// <param name="bytes">The number of bytes.</param>
    /// <param name="current">The segment that must stay.</param>
    /// <exception cref="IOException">There is not enough room.</exception>
    internal void MakeRoom(long bytes, long current)
    {
        while (_bytes + bytes > _maxBytes)
        {
            if (_damaged.Count > 0)
            {
                (string name, long length) = _damaged.First();
                DeleteDamaged(name, length);
            }
            else if (_segments.Keys.FirstOrDefault(current) is var oldest && oldest != current)
            {
                Delete(oldest);
            }
            else
            {
                throw new IOException($"The {bytes} bytes do not fit into '{Path}', which may have {_maxBytes} bytes.");
            }
        }
    }

    /// <summary>Renames a segment that could not be read to its end, and keeps its readable part under its own name.</summary>
    /// <param name="number">The segment.</param>
    /// <param name="readable">The length of the readable part; zero if there is none.</param>
    /// <param name="fault">The description of the damage.</param>
    internal void SetAside(long number, long readable, string fault)
    {
        string path = PathOf(number);
        string name = SegmentName.Of(number);
        try
        {
            // The copy is whole before the file is renamed. A crash in between leaves both, and the copy is then made again.
            string? copy = readable > SegmentFormat.Signature.Length ? CopyBeginning(path, readable) : null;
            File.Move(path, path + SegmentName.Damaged, overwrite: true);
            Track(name + SegmentName.Damaged, LengthOf(number));
            Forget(number);
            if (copy is not null)
            {
                File.Move(copy, path);
                SetLength(number, readable);
            }

            _tell($"{name} is damaged: {fault} It was set aside as {name}{SegmentName.Damaged}. "
                + (copy is null ? "None of its batches could be read." : "The batches before the damage were read."));
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            _tell($"{name} is damaged: {fault} It could not be set aside: {exception.Message}");
        }
    }

    private static string CopyBeginning(string path, long length)
    {
        string copy = path + SegmentName.Unfinished;
        File.Delete(copy);
        using FileStream from = new(PrivateFiles.OpenRead(path), FileAccess.Read);
        using FileStream to = new(PrivateFiles.CreateNew(copy), FileAccess.ReadWrite);
        byte[] buffer = new byte[64 * 1024];
        for (long left = length; left > 0;)
        {
            int read = from.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, left)));
            if (read == 0)
            {
                throw new IOException($"'{path}' became shorter while it was read.");
            }

            to.Write(buffer.AsSpan(0, read));
            left -= read;
        }

        return copy;
    }

    private void Find()
    {
        foreach (FileSystemInfo found in new DirectoryInfo(Path).EnumerateFileSystemInfos())
        {
            if (SegmentName.TryParse(found.Name, out long number))
            {
                Find(found, number);
            }
            else if (TryParse(found.Name, SegmentName.Damaged, out _))
            {
                Track(found.Name, found is FileInfo { LinkTarget: null } file ? file.Length : 0);
            }
            else if (TryParse(found.Name, SegmentName.Unfinished, out number))
            {
                Restore(found, number);
            }
        }
    }

    private void Find(FileSystemInfo found, long number)
    {
        if (number > SegmentName.MaxNumber || found is not FileInfo { LinkTarget: null } file)
        {
            SetAsideUnread(found, number > SegmentName.MaxNumber ? "its number is too large" : "it is not a file");
            return;
        }

        SetLength(number, file.Length);
    }

    // A crash came between the two renames of a damaged segment: the copy of its readable part takes its name.
    private void Restore(FileSystemInfo found, long number)
    {
        try
        {
            string path = PathOf(number);
            if (File.Exists(path) || number > SegmentName.MaxNumber)
            {
                File.Delete(found.FullName);
            }
            else
            {
                File.Move(found.FullName, path);
                Find(new FileInfo(path), number);
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            _tell($"{found.Name}, which a crash left, can neither be used nor deleted: {exception.Message}");
        }
    }

    private void SetAsideUnread(FileSystemInfo found, string why)
    {
        try
        {
            string target = found.FullName + SegmentName.Damaged;
            if (found is DirectoryInfo { LinkTarget: null })
            {
                Directory.Move(found.FullName, target);
            }
            else
            {
                File.Move(found.FullName, target, overwrite: true);
            }

            _tell($"{found.Name} has the name of a segment, but {why}. It was set aside as {System.IO.Path.GetFileName(target)}.");
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            _tell($"{found.Name} has the name of a segment, but {why}. It could not be set aside: {exception.Message}");
        }
    }

    // If it stays, because it is a directory or the process has no right to delete it, it must not keep the segments from their room.
    private void DeleteDamaged(string name, long length)
    {
        try
        {
            File.Delete(System.IO.Path.Combine(Path, name));
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            _tell($"{name} was set aside and cannot be deleted: {exception.Message} Its {length} bytes do not count any more.");
        }

        _ = _damaged.Remove(name);
        Changed(-length);
    }

    private static bool TryParse(string name, string extension, out long number)
    {
        number = 0;
        return name.EndsWith(extension, StringComparison.Ordinal)
            && SegmentName.TryParse(name.AsSpan(0, name.Length - extension.Length), out number);
    }

    private void Track(string damaged, long length)
    {
        Changed(length - _damaged.GetValueOrDefault(damaged));
        _damaged[damaged] = length;
    }

    private void Forget(long number)
    {
        if (_segments.Remove(number, out long length))
        {
            Changed(-length);
        }
    }

    private void Changed(long bytes)
    {
        _ = Interlocked.Add(ref _bytes, bytes);
        Volatile.Write(ref _count, _segments.Count);
    }
}
