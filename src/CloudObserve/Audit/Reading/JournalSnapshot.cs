using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Reading;

/// <summary>Represents the journal at one moment, also while it is being written.</summary>
/// <remarks>
/// The order of opening makes it consistent. The head is opened first, because the journal is never behind it. The active file follows, and
/// then the sealing file, which is the former active file. Both are opened before sealed files are listed, because lines move there last.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class JournalSnapshot : IDisposable
{
    // The head is overwritten in place. If a read overlaps a write, it is repeated.
    private const int HeadAttempts = 5;

    private readonly List<(string Place, FileStream File, long Length)> _files = [];

    /// <summary>Initializes a new instance of the <see cref="JournalSnapshot"/> class.</summary>
    internal JournalSnapshot(TrailLayout layout)
    {
        IsHere = Directory.Exists(layout.JournalDirectory);
        ReadHead(layout);
        TryAdd(layout, layout.ActiveFile);
        TryAdd(layout, layout.SealingFile);

        // The lines being sealed are older.
        _files.Reverse();
        Damaged = IsHere ? [.. Directory.EnumerateFiles(layout.JournalDirectory, "damaged-*.jsonl").Select(layout.KeyOf).Order(StringComparer.Ordinal)] : [];
    }

    internal bool IsHere { get; }

    /// <summary>Gets a value indicating whether there is any part of a journal.</summary>
    internal bool Any => HasHead || _files.Count > 0;

    internal bool HasHead { get; private set; }

    /// <summary>Gets the head; <see langword="null"/> if there is none, or if it is damaged.</summary>
    internal TrailHead? Head { get; private set; }

    /// <summary>Gets the hash of the newest digest according to the head; <see langword="null"/> if the head names none.</summary>
    internal RecordHash? Digest { get; private set; }

    /// <summary>Gets the journals that the trail found changed and copied.</summary>
    internal IReadOnlyList<string> Damaged { get; }

    public void Dispose() => _files.ForEach(static file => file.File.Dispose());

    /// <summary>Reads the files, older lines first.</summary>
    /// <remarks>They can be read repeatedly, with the same result each time.</remarks>
    internal IEnumerable<(string Place, JournalReader Reader)> Read()
    {
        foreach ((string place, FileStream file, long length) in _files)
        {
            file.Position = 0;
            using JournalReader reader = new(new BeginningOf(file, length));
            yield return (place, reader);
        }
    }

    private void ReadHead(TrailLayout layout)
    {
        for (int attempt = 0; attempt < HeadAttempts && Head is null; attempt++)
        {
            if (!TrailDirectory.TryOpen(layout.HeadFile, out FileStream? file))
            {
                HasHead = false;
                return;
            }

            using (file)
            {
                HasHead = true;
                byte[] bytes = new byte[TrailHead.MaxFileLength + 1];
                int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

                // Only the exact bytes that the trail writes are accepted; the blanks at the end are part of the file.
                if (TrailHead.TryParse(bytes.AsSpan(0, length), out TrailHead head, out RecordHash? digest)
                    && bytes.AsSpan(0, length).SequenceEqual(head.ToFile(digest)))
                {
                    (Head, Digest) = (head, digest);
                }
            }
        }
    }

    private void TryAdd(TrailLayout layout, string path)
    {
        if (TrailDirectory.TryOpen(path, out FileStream? file))
        {
            _files.Add((layout.KeyOf(path), file, TrailDirectory.EndOfLines(file)));
        }
    }
}
