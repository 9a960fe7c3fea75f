using System.Diagnostics.CodeAnalysis;
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
        FindHead(layout);
        Trail = TrailIdentity.ReadTrail(layout);
        TryAdd(layout, layout.ActiveFile);
        TryAdd(layout, layout.SealingFile);

        // The lines being sealed are older.
        _files.Reverse();
        Damaged = IsHere
            ? [.. Directory.EnumerateFiles(layout.JournalDirectory, "damaged-*.jsonl").Select(layout.KeyOf).Order(StringComparer.Ordinal)]
            : [];
    }

    internal bool IsHere { get; }

    /// <summary>Gets a value indicating whether there is a journal. A head alone does not count, because it may be a copy.</summary>
    internal bool Any => _files.Count > 0;

    /// <summary>Gets a value indicating whether there is a head, readable or not.</summary>
    internal bool HasHead { get; private set; }

    /// <summary>Gets a value indicating whether all files of the journal are empty.</summary>
    internal bool IsEmpty => _files.TrueForAll(static file => file.Length == 0);

    /// <summary>Gets the key of the head's file.</summary>
    internal string HeadPlace { get; private set; }

    /// <summary>Gets the head; <see langword="null"/> if there is none, or if it is damaged.</summary>
    internal JournalHead? Head { get; private set; }

    /// <summary>
    /// Gets the head under the name of earlier versions if it exists beside <see cref="Head"/>; <see langword="null"/> after
    /// <see cref="Settle"/>.
    /// </summary>
    internal JournalHead? Former { get; private set; }

    /// <summary>Gets a value indicating whether there is a second head, which does not count.</summary>
    internal bool HasFormer { get; private set; }

    /// <summary>Gets the number of the trail; <see langword="null"/> if it is unknown.</summary>
    internal UInt128? Trail { get; }

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
            using JournalReader reader = new(new LengthLimitedStream(file, length));
            yield return (place, reader);
        }
    }

    /// <summary>Decides which of two heads counts.</summary>
    /// <remarks>
    /// The head under the name of earlier versions counts if its line is in the journal and is the later one. Then an earlier version wrote
    /// the trail last.
    /// </remarks>
    /// <param name="hash">The hash that the journal has for the line that <see cref="Former"/> names.</param>
    /// <param name="layout">The paths of the trail.</param>
    internal void Settle(RecordHash? hash, TrailLayout layout)
    {
        if (Former is { } former && former.Newest.Sequence > (Head?.Newest.Sequence ?? 0) && former.Newest.Hash == hash)
        {
            (Head, HeadPlace, HasFormer) = (former, layout.KeyOf(layout.FormerHeadFile), false);
        }

        Former = null;
    }

    // A starting process may rename the head between the two reads. Then neither name is found, and both are read again.
    [MemberNotNull(nameof(HeadPlace))]
    private void FindHead(TrailLayout layout)
    {
        HeadPlace = layout.KeyOf(layout.HeadFile);
        for (int attempt = 0; attempt < HeadAttempts && !HasHead; attempt++)
        {
            Head = ReadHead(layout.HeadFile, out bool isHere);
            Former = ReadHead(layout.FormerHeadFile, out bool isFormerHere);
            HasHead = isHere || isFormerHere;
            HasFormer = isHere && isFormerHere;
            if (!isHere && isFormerHere)
            {
                (Head, HeadPlace, Former) = (Former, layout.KeyOf(layout.FormerHeadFile), null);
            }
        }
    }

    private static JournalHead? ReadHead(string path, out bool isHere)
    {
        isHere = false;
        for (int attempt = 0; attempt < HeadAttempts; attempt++)
        {
            if (!TrailDirectory.TryOpen(path, out FileStream? file))
            {
                return null;
            }

            using (file)
            {
                isHere = true;
                byte[] bytes = new byte[JournalHead.MaxFileLength + 1];
                int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);

                // Only the exact bytes that the trail writes are accepted; the blanks at the end are part of the file.
                if (JournalHead.Read(bytes.AsSpan(0, length)) is { } head && bytes.AsSpan(0, length).SequenceEqual(head.ToFile()))
                {
                    return head;
                }
            }
        }

        return null;
    }

    private void TryAdd(TrailLayout layout, string path)
    {
        if (TrailDirectory.TryOpen(path, out FileStream? file))
        {
            _files.Add((layout.KeyOf(path), file, TrailDirectory.EndOfLines(file)));
        }
    }
}
