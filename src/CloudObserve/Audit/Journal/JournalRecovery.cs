using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>Repairs the journal at a start.</summary>
/// <remarks>
/// It removes lines that were never acknowledged, and finds acknowledged lines that are missing or changed. The head distinguishes the two,
/// because it is written before a record is acknowledged.
/// </remarks>
internal sealed class JournalRecovery(IAuditStorage storage, TrailLayout layout, TimeProvider time)
{
    /// <param name="newestSealed">The newest line of the sealed files; its number is zero if there are none.</param>
    /// <param name="hasFiles">Whether the directory contains sealed files or digests.</param>
    internal RecoveredJournal Run(TrailHead newestSealed, bool hasFiles)
    {
        HeadSearch search = new(storage, layout, time);
        JournalHead? read = search.Find(newestSealed, hasFiles);
        TrailHead head = read?.Newest ?? default;
        DropSealed(newestSealed);
        JournalScan sealing = Scan(layout.SealingFile, default, head);
        JournalScan active = Scan(layout.ActiveFile, sealing.Last, head);
        bool isDamaged = IsDamaged(sealing, head) || IsDamaged(active, head);
        string? damagedFile = isDamaged ? KeepDamaged() : null;
        long cut = isDamaged ? 0 : CutTail(active);

        TrailHead found = isDamaged ? Later(sealing.Last, active.Last) : Later(sealing.Good, active.Good);
        found = Later(newestSealed, found);
        TrailHead goesOn = head.Sequence >= found.Sequence && head.Sequence > 0 ? head : found;
        long damageAfter = IsDamaged(sealing, head) ? sealing.Good.Sequence : active.Good.Sequence;
        return new RecoveredJournal(goesOn, found, cut, damagedFile, damageAfter, read?.Digest)
        {
            ForeignHeads = search.Foreign,
            Identity = read?.Identity,
        };
    }

    private static TrailHead Later(TrailHead one, TrailHead other) => other.Sequence >= one.Sequence ? other : one;

    // A broken chain after the head concerns lines that were never acknowledged. A broken chain before it, or a difference from the head,
    // means that lines were changed later. Lines that do not exist are missing, not damaged.
    private static bool IsDamaged(JournalScan scan, TrailHead head) =>
        scan.DiffersFromHead || (scan.IsBroken && scan.Good.Sequence < head.Sequence);

    // Sealed files get their final name before their lines are removed from the journal. A crash in between leaves both.
    private void DropSealed(TrailHead newestSealed)
    {
        if (newestSealed.Sequence > 0 && storage.LengthOf(layout.SealingFile) is > 0
            && Scan(layout.SealingFile, default, default) is { IsBroken: false } scan && scan.Last.Sequence <= newestSealed.Sequence)
        {
            storage.Delete(layout.SealingFile);
        }
    }

    private JournalScan Scan(string path, TrailHead before, TrailHead head)
    {
        if (storage.LengthOf(path) is null)
        {
            return new JournalScan(before, 0, 0, before, false);
        }

        using IAuditFile file = storage.Open(path);
        return JournalScan.Of(file, before, head);
    }

    private long CutTail(JournalScan active)
    {
        if (!active.IsBroken)
        {
            return 0;
        }

        using IAuditFile file = storage.Open(layout.ActiveFile);
        file.SetLength(active.GoodLength);
        file.Flush();
        return active.Length - active.GoodLength;
    }

    // First the readable lines are written to the file for sealing, and then the damaged file is moved aside. A crash in between leaves
    // some lines twice, which readers handle, and loses none.
    private string KeepDamaged()
    {
        string evidence = layout.DamagedFile(time.GetUtcNow());
        string readable = layout.SealingFile + TrailLayout.TemporarySuffix;
        string whole = evidence + TrailLayout.TemporarySuffix;
        using (IAuditFile objects = storage.Open(readable))
        using (IAuditFile everything = storage.Open(whole))
        {
            objects.SetLength(0);
            everything.SetLength(0);
            (long ObjectBytes, long AllBytes) at = (0, 0);
            at = Copy(layout.SealingFile, objects, everything, at);
            at = Copy(layout.ActiveFile, objects, everything, at);
            everything.SetLength(at.AllBytes);
            objects.Flush();
            everything.Flush();
        }

        storage.Move(whole, evidence);
        storage.Move(readable, layout.SealingFile);
        storage.Delete(layout.ActiveFile);
        return evidence;
    }

    private (long ObjectBytes, long AllBytes) Copy(
        string path, IAuditFile objects, IAuditFile everything, (long ObjectBytes, long AllBytes) at)
    {
        if (storage.LengthOf(path) is null)
        {
            return at;
        }

        using IAuditFile file = storage.Open(path);
        JournalLines lines = new(file);
        while (lines.Read())
        {
            ReadOnlySpan<byte> line = lines.Line.Span;
            if (line.ContainsAnyExcept((byte)0))
            {
                // Zeros are skipped, which makes no difference to a reader. A sparse file that only claims to be large must not fill the
                // disk.
                everything.Write(line, at.AllBytes);
            }

            at.AllBytes += line.Length;
            if (lines.IsEnded)
            {
                everything.Write("\n"u8, at.AllBytes++);
            }

            if (IsObject(line))
            {
                objects.Write(line, at.ObjectBytes);
                objects.Write("\n"u8, at.ObjectBytes + line.Length);
                at.ObjectBytes += line.Length + 1;
            }
        }

        return at;
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader json = new(line);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && json.TrySkip() && !json.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
