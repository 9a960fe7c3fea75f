using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Keeps the states and histories of alarms in a directory that one process owns.</summary>
/// <remarks>
/// <para>
/// The file has a line for each group of changes: eight hexadecimal digits of its checksum (CRC-32C), a space, and a JSON object. A group
/// is read as a whole or not at all. A line is written with one call, so the end of the process leaves at most the last line incomplete;
/// that line is cut off.
/// </para>
/// <para>When the file has grown to twice what is in use, it is written anew and takes the place of the old one.</para>
/// </remarks>
/// <threadsafety>One thread at a time may use an instance.</threadsafety>
internal sealed class StateFile : IDisposable
{
    internal const string FileName = "alarms.jsonl";

    /// <summary>The name of the copy of a file that was damaged. A later one takes its place.</summary>
    internal const string DamagedName = "alarms.damaged.jsonl";

    private const string NewName = "alarms.new.jsonl";
    private const string LockName = "lock";
    private const int ChecksumLength = 8;
    private const long MinBytes = 1024 * 1024;

    // Histories have at most 1 GiB in memory, and this much of a file is never in use.
    private const long MaxBytes = 2L * 1024 * 1024 * 1024;

    private readonly string _path;
    private readonly SafeFileHandle _owner;
    private SafeFileHandle _file;
    private long _length;
    private long _usedBytes;

    private StateFile(string path, SafeFileHandle owner, SafeFileHandle file) => (_path, _owner, _file) = (path, owner, file);

    /// <summary>Gets a value indicating whether the file should be written anew.</summary>
    internal bool IsWasteful => _length > Math.Max(MinBytes, 2 * _usedBytes);

    /// <summary>Opens the file of a directory. Both are created if they are missing.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="stored">What was stored.</param>
    /// <param name="damage">A description of damage; <see langword="null"/> if there is none.</param>
    /// <returns>The file; <see langword="null"/> if another process owns the directory.</returns>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory must not be used.</exception>
    internal static StateFile? TryOpen(string directory, out StoredState stored, out string? damage)
    {
        (stored, damage) = (new StoredState(), null);
        OwnFiles.CreateDirectory(directory);
        if (OwnFiles.TryLock(Path.Combine(directory, LockName)) is not { } owner)
        {
            return null;
        }

        try
        {
            // What a compaction left behind when the process was killed.
            File.Delete(Path.Combine(directory, NewName));
            string path = Path.Combine(directory, FileName);
            long end = File.Exists(path) ? Read(path, stored, out damage) : 0;
            if (damage is not null)
            {
                File.Copy(path, Path.Combine(directory, DamagedName), overwrite: true);
            }

            SafeFileHandle file = OwnFiles.OpenOrCreate(path);
            if (RandomAccess.GetLength(file) > end)
            {
                RandomAccess.SetLength(file, end);
            }

            StateFile state = new(directory, owner, file) { _length = end };
            if (damage is not null)
            {
                state.Replace(Everything(stored));
            }

            return state;
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Adds changes.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Append(TableChanges changes)
    {
        byte[] line = Line(changes);
        RandomAccess.Write(_file, line, _length);
        RandomAccess.FlushToDisk(_file);
        _length += line.Length;
    }

    /// <summary>Writes the file anew.</summary>
    /// <exception cref="IOException">The file cannot be written. The old one remains.</exception>
    internal void Replace(TableChanges everything)
    {
        string path = Path.Combine(_path, NewName);
        File.Delete(path);
        SafeFileHandle file = OwnFiles.OpenOrCreate(path);
        try
        {
            byte[] line = Line(everything);
            RandomAccess.Write(file, line, 0);
            RandomAccess.FlushToDisk(file);
            _file.Dispose();
            File.Move(path, Path.Combine(_path, FileName), overwrite: true);
            (_file, _length, _usedBytes) = (file, line.Length, line.Length);
        }
        catch
        {
            file.Dispose();
            if (_file.IsClosed)
            {
                _file = OwnFiles.OpenOrCreate(Path.Combine(_path, FileName));
            }

            throw;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _owner.Dispose();
    }

    internal static TableChanges Everything(StoredState stored) =>
        new([.. stored.Alarms.Values], [], stored.History, [.. stored.Notifications.Values], [], []);

    // Returns the end of the last whole line.
    private static long Read(string path, StoredState stored, out string? damage)
    {
        damage = null;
        if (new FileInfo(path).Length > MaxBytes)
        {
            damage = $"The file has more than {MaxBytes} bytes.";
            return 0;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        LineReader lines = new(stream);
        long end = 0;
        int bad = 0;
        int firstBad = 0;
        while (lines.TryRead(out ReadOnlyMemory<byte> line, out bool isWhole))
        {
            if (TryRead(line, out TableChanges? changes))
            {
                stored.Apply(changes!);
            }
            else if (isWhole)
            {
                firstBad = bad++ == 0 ? lines.Number : firstBad;
            }

            end = isWhole ? lines.Position : end;
        }

        if (bad > 0)
        {
            damage = string.Create(
                CultureInfo.InvariantCulture, $"{bad} of {lines.Number} lines are damaged, the first one is line {firstBad}.");
        }

        return end;
    }

    private static bool TryRead(ReadOnlyMemory<byte> line, out TableChanges? changes)
    {
        changes = null;
        if (line.Length <= ChecksumLength
            || !uint.TryParse(line.Span[..ChecksumLength], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint checksum)
            || checksum != Checksum(line.Span[(ChecksumLength + 1)..]))
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line[(ChecksumLength + 1)..]);
            changes = StateJson.Read(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return false;
        }
    }

    private static byte[] Line(TableChanges changes)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter json = new(body))
        {
            StateJson.Write(json, changes);
        }

        byte[] line = new byte[ChecksumLength + 1 + body.WrittenCount + 1];
        _ = Encoding.ASCII.GetBytes(Checksum(body.WrittenSpan).ToString("x8", CultureInfo.InvariantCulture), line);
        line[ChecksumLength] = (byte)' ';
        body.WrittenSpan.CopyTo(line.AsSpan(ChecksumLength + 1));
        line[^1] = (byte)'\n';
        return line;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
