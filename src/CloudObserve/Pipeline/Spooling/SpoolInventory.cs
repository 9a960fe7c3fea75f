using System.Buffers;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>Lists the batches that an earlier process left in a signal's directory, and sets damaged files aside.</summary>
/// <remarks>
/// The weight of a file is taken from its checksummed content, never from its name. Nothing in the directory can block the listing: pipes,
/// devices and links are not opened, and only the beginning of each file is read.
/// </remarks>
internal sealed class SpoolInventory
{
    // Large enough for nearly every header.
    private const int UsualHeadBytes = 2 * 1024;

    // Limits the total weight of many files with large claims, so that the ledger can add it to everything the process accepts itself.
    private const long MaxTotalWeight = 1_000_000_000_000_000_000;

    private readonly string _path;

    private SpoolInventory(string path) => _path = path;

    /// <summary>Gets the files that hold batches.</summary>
    internal List<SpoolEntry> Entries { get; } = [];

    /// <summary>Gets the files that were set aside.</summary>
    internal List<DamagedFile> Damaged { get; } = [];

    /// <summary>Gets the total weight of all files.</summary>
    internal long TotalWeight { get; private set; }

    /// <summary>Creates the directory if it is missing, and lists its batches.</summary>
    internal static SpoolInventory Take(string path)
    {
        MakeWay(path);
        PrivateFiles.CreateDirectory(path);
        SpoolInventory found = new(path);
        foreach (string name in Directory.GetFiles(path).Select(f => Path.GetFileName(f)))
        {
            found.Look(name);
        }

        return found;
    }

    /// <summary>Renames a damaged file, so that it is not read again.</summary>
    /// <returns>The result, as a sentence without its final period.</returns>
    internal static string SetAside(string path)
    {
        try
        {
            File.Move(path, path + SpoolFileName.Damaged, overwrite: true);
            return $"The file was set aside as {path}{SpoolFileName.Damaged}";
        }
        catch (FileNotFoundException)
        {
            return "The file is gone";
        }
        catch (DirectoryNotFoundException)
        {
            return "The file is gone";
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            return $"The file could not be set aside ({exception.Message})";
        }
    }

    // If something other than a directory has the path, nothing could ever be stored, so it is moved out of the way.
    private static void MakeWay(string path)
    {
        if (!Directory.Exists(path) && new FileInfo(path) is { } obstacle && (obstacle.Exists || obstacle.LinkTarget is not null))
        {
            obstacle.MoveTo(path + SpoolFileName.Damaged, overwrite: true);
        }
    }

    private void Look(string name)
    {
        if (Path.GetExtension(name) == SpoolFileName.Unfinished)
        {
            DeleteUnfinished(name);
        }
        else if (SpoolFileName.IsOurs(name, out long claimedWeight))
        {
            long length = 0;
            try
            {
                SpoolEntry entry = Read(name, out length);
                Entries.Add(entry);
                TotalWeight += entry.Weight;
            }
            catch (Exception exception) when (DiskFaults.Is(exception) || exception is InvalidDataException)
            {
                // The content is unknown. The name still states the weight of a damaged batch; it is limited to what the length allows.
                long weight = length > SpoolFile.MaxBytes ? 1 : Math.Clamp(claimedWeight, 1, Math.Max(1, length));
                TotalWeight += weight;
                Damaged.Add(new DamagedFile(weight, exception.Message, SetAside(Path.Combine(_path, name))));
            }
        }
    }

    private SpoolEntry Read(string name, out long length)
    {
        string path = Path.Combine(_path, name);
        using SafeFileHandle file = PrivateFiles.OpenRead(path);
        length = RandomAccess.GetLength(file);
        if (length > SpoolFile.MaxBytes)
        {
            throw new InvalidDataException($"The file has {length} bytes; a batch has at most {SpoolFile.MaxBytes}.");
        }

        SpoolFile.Head head = ReadHead(file, path, length);
        if (head.Weight > MaxTotalWeight - TotalWeight)
        {
            throw new InvalidDataException($"The file states a weight of {head.Weight}, which together with the other files exceeds "
                + $"{MaxTotalWeight}.");
        }

        return new SpoolEntry(name, length, head.Weight, SpoolFileName.LaneOf(head.Header));
    }

    private static SpoolFile.Head ReadHead(SafeFileHandle file, string path, long length)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(SpoolFile.MaxHeadBytes);
        try
        {
            int read = RandomAccess.Read(file, buffer.AsSpan(0, UsualHeadBytes), 0);
            if (read == UsualHeadBytes && length > read && buffer.AsSpan(0, read).Count((byte)'\n') < 2)
            {
                read += RandomAccess.Read(file, buffer.AsSpan(read, SpoolFile.MaxHeadBytes - read), read);
            }

            if (SpoolFile.ReadHead(buffer.AsSpan(0, read)) is { } head)
            {
                return head;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        using Batch batch = SpoolFile.Decode(PrivateFiles.ReadAllBytes(path, SpoolFile.MaxBytes));
        return new SpoolFile.Head(batch.Header, batch.Weight);
    }

    private void DeleteUnfinished(string name)
    {
        try
        {
            // Left by a crash during writing; it never counted as stored.
            File.Delete(Path.Combine(_path, name));
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            Damaged.Add(new DamagedFile(0, $"An incomplete file cannot be deleted: {exception.Message}", "The file stays where it is"));
        }
    }

    /// <param name="Weight">The weight counted as lost.</param>
    /// <param name="Why">The description of the fault.</param>
    /// <param name="Fate">The result of setting the file aside, as a sentence without its final period.</param>
    internal readonly record struct DamagedFile(long Weight, string Why, string Fate);
}
