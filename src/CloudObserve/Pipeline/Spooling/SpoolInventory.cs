using System.Buffers;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>Looks through a signal's directory for the files that an earlier process has left, and sets aside those that are no batches.</summary>
/// <remarks>
/// A file counts for what its content says under its checksum, never for what its name says. Nothing in the directory can hold this up: pipes,
/// devices and links are not opened, and of each file only the beginning is read.
/// </remarks>
internal sealed class SpoolInventory
{
    // Nearly every head fits.
    private const int UsualHeadBytes = 2 * 1024;

    // However many files claim much: the books of a signal must be able to count it, with everything the process accepts itself.
    private const long MaxTotalWeight = 1_000_000_000_000_000_000;

    private readonly string _path;

    private SpoolInventory(string path) => _path = path;

    /// <summary>Gets the files that hold batches.</summary>
    internal List<SpoolEntry> Entries { get; } = [];

    /// <summary>Gets the files that were set aside.</summary>
    internal List<DamagedFile> Damaged { get; } = [];

    /// <summary>Gets what all of them count for.</summary>
    internal long TotalWeight { get; private set; }

    /// <summary>Creates the directory if it is missing, and looks through it.</summary>
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

    /// <summary>Gives a file another name, so that it is not looked at again.</summary>
    /// <returns>What became of it, as a sentence without its end.</returns>
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

    // Where a directory should be and something else is, nothing could ever be kept.
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
                // Nobody knows what it held. Of a batch that was damaged its name still tells, within what so many bytes can hold.
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
            throw new InvalidDataException($"It is {length} bytes long, and a batch takes at most {SpoolFile.MaxBytes}.");
        }

        SpoolFile.Head head = ReadHead(file, path, length);
        if (head.Weight > MaxTotalWeight - TotalWeight)
        {
            throw new InvalidDataException($"It claims to count for {head.Weight}: with the other files that is more than can be counted.");
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
            // Left by a crash in the middle of writing; it was never counted as kept.
            File.Delete(Path.Combine(_path, name));
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            Damaged.Add(new DamagedFile(0, $"A file that was left unfinished cannot be deleted: {exception.Message}", "It stays where it is"));
        }
    }

    /// <param name="Weight">What it counts as lost.</param>
    /// <param name="Why">What is wrong with it.</param>
    /// <param name="Fate">What became of it, as a sentence without its end.</param>
    internal readonly record struct DamagedFile(long Weight, string Why, string Fate);
}
