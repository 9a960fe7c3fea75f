using System.Text.Json;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>
/// Makes the journal whole at a start: cuts what was never acknowledged, and finds out what was acknowledged and is not there, or not as it was.
/// The head tells the two apart, because it is moved before a record is acknowledged.
/// </summary>
internal sealed class JournalRecovery(IAuditStorage storage, TrailLayout layout, TimeProvider time)
{
    /// <param name="newestSealed">The newest line of the sealed files; number zero when there are none.</param>
    internal RecoveredJournal Run(TrailHead newestSealed)
    {
        TrailHead head = ReadHead(out RecordHash? digest);
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
        return new RecoveredJournal(goesOn, found, cut, damagedFile, damageAfter, digest);
    }

    private static TrailHead Later(TrailHead one, TrailHead other) => other.Sequence >= one.Sequence ? other : one;

    // What breaks the chain behind the head was never acknowledged; what breaks it before, or differs from the head, was changed afterwards.
    // Lines that are simply not there any more are not damage but missing.
    private static bool IsDamaged(JournalScan scan, TrailHead head) =>
        scan.DiffersFromHead || (scan.IsBroken && scan.Good.Sequence < head.Sequence);

    private TrailHead ReadHead(out RecordHash? digest)
    {
        digest = null;
        if (storage.LengthOf(layout.HeadFile) is null)
        {
            return default;
        }

        using IAuditFile file = storage.Open(layout.HeadFile);
        byte[] bytes = new byte[TrailHead.MaxFileLength];
        int length = file.Read(bytes, 0);
        return TrailHead.TryParse(bytes.AsSpan(0, length), out TrailHead head, out digest) ? head : default;
    }

    // Sealed files are renamed into place before the lines they were made of are removed: a crash in between leaves both.
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

    // First what can be read is put where it will be sealed from, and then the evidence is moved aside: a crash in between leaves some lines
    // twice, which readers know, and none nowhere.
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

    private (long ObjectBytes, long AllBytes) Copy(string path, IAuditFile objects, IAuditFile everything, (long ObjectBytes, long AllBytes) at)
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
                // Zeros are left out, which is the same to a reader: a file that only claims to be large must not fill the disk.
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
