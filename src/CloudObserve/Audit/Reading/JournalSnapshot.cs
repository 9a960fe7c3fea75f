using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Reading;

/// <summary>
/// The journal at one moment, also while it is written. The order of opening makes that so: the head first, because the journal is never behind
/// it; then the active file, which is renamed to the sealing one; both before sealed files are looked for, because lines go there last.
/// </summary>
/// <threadsafety>For one thread.</threadsafety>
internal sealed class JournalSnapshot : IDisposable
{
    // The head is written in place. One that is read while it is written is read again.
    private const int HeadAttempts = 5;

    private readonly List<(string Place, FileStream File, long Length)> _files = [];

    /// <summary>Initializes a new instance of the <see cref="JournalSnapshot"/> class.</summary>
    internal JournalSnapshot(TrailLayout layout)
    {
        IsHere = Directory.Exists(layout.JournalDirectory);
        ReadHead(layout);
        TryAdd(layout, layout.ActiveFile);
        TryAdd(layout, layout.SealingFile);

        // The lines being sealed are the older ones.
        _files.Reverse();
        Damaged = IsHere ? [.. Directory.EnumerateFiles(layout.JournalDirectory, "damaged-*.jsonl").Select(layout.KeyOf).Order(StringComparer.Ordinal)] : [];
    }

    internal bool IsHere { get; }

    /// <summary>Gets a value indicating whether there is anything of a journal here.</summary>
    internal bool Any => HasHead || _files.Count > 0;

    internal bool HasHead { get; private set; }

    /// <summary>Gets the head; <see langword="null"/> if there is none, or it is damaged.</summary>
    internal TrailHead? Head { get; private set; }

    /// <summary>Gets the hash of the digest that the head names as the newest; <see langword="null"/> if it names none.</summary>
    internal RecordHash? Digest { get; private set; }

    /// <summary>Gets the journals that the trail itself found changed and kept.</summary>
    internal IReadOnlyList<string> Damaged { get; }

    public void Dispose() => _files.ForEach(static file => file.File.Dispose());

    /// <summary>Reads the files, older lines first. They can be read more than once, and give the same lines each time.</summary>
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

                // Only what is to the letter as the trail writes it: blanks behind it are part of the file.
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
