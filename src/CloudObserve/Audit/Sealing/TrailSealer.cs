using System.IO.Compression;
using System.Security.Cryptography;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Sealing;

/// <summary>Creates sealed files from the lines passed to sealing.</summary>
/// <remarks>They contain the same bytes, enclosed in <c>{"Records":[</c> and <c>]}</c>, separated by commas, and compressed.</remarks>
/// <threadsafety>Not safe for concurrent use; one <see cref="TrailMaintenance"/> seals.</threadsafety>
internal sealed class TrailSealer(TrailLocation place, IAuditStorage storage, int maxBytes)
{
    private const string UniqueCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Gets whether lines wait to be sealed.</summary>
    internal bool HasLines => storage.LengthOf(place.Layout.SealingFile) is not null;

    /// <summary>Seals the lines, and removes them from the journal when they are on disk as a file.</summary>
    /// <param name="time">The time for the names of the files.</param>
    /// <param name="upTo">
    /// The number of the newest sealed record. After a crash the journal may contain lines that are already sealed.
    /// </param>
    /// <param name="isSealed">Called for each file when it is on disk.</param>
    internal void Seal(DateTimeOffset time, long upTo, Action<SealedFile> isSealed)
    {
        using (IAuditFile file = storage.Open(place.Layout.SealingFile))
        {
            JournalLines lines = new(file);
            bool hasMore = ReadUnsealed(lines, upTo);
            while (hasMore)
            {
                SealedFile written = Write(time, lines, out hasMore);
                isSealed(written);
            }
        }

        storage.Delete(place.Layout.SealingFile);
        storage.FlushDirectory(place.Layout.JournalDirectory);
    }

    private static bool ReadUnsealed(JournalLines lines, long upTo)
    {
        while (lines.Read())
        {
            if (!TrailStamp.TryRead(lines.Line.Span, out TrailStamp stamp) || stamp.Sequence > upTo)
            {
                return true;
            }
        }

        return false;
    }

    private SealedFile Write(DateTimeOffset time, JournalLines lines, out bool hasMore)
    {
        string key = TrailLayout.LogKey(
            place.Account, place.Region, time, RandomNumberGenerator.GetString(UniqueCharacters, TrailLayout.UniqueLength));
        SealedRecords records = null!;
        bool more = false;
        FinishedFile.Write(storage, place.Layout.PathOf(key), stream => records = WriteRecords(stream, lines, out more));
        hasMore = more;
        return new SealedFile(key, records);
    }

    private SealedRecords WriteRecords(Stream stream, JournalLines lines, out bool hasMore)
    {
        using GZipStream zip = new(stream, CompressionLevel.Optimal, leaveOpen: true);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        EventTimes times = new();
        TrailHead newest = default;
        long bytes = 0;
        Add("{\"Records\":["u8);
        do
        {
            ReadOnlySpan<byte> line = lines.Line.Span;
            Add(newest.Sequence > 0 || bytes > "{\"Records\":[".Length ? ","u8 : []);
            Add(line);
            times.Add(SealedRecords.TimeOf(line));
            newest = TrailStamp.TryRead(line, out TrailStamp stamp) && stamp.Sequence >= newest.Sequence
                ? new TrailHead(stamp.Sequence, RecordHash.Of(line)) : newest;
            hasMore = lines.Read();
        }
        while (hasMore && bytes + lines.Line.Length < maxBytes);

        Add("]}"u8);
        return new SealedRecords(Convert.ToHexStringLower(hash.GetHashAndReset()), times.Oldest, times.Newest, newest);

        void Add(ReadOnlySpan<byte> text)
        {
            zip.Write(text);
            hash.AppendData(text);
            bytes += text.Length;
        }
    }
}
