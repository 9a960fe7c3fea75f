using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Audit.Storage;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit;

/// <summary>Opens a trail: takes its lock, repairs the journal, finds the key, and records faults that were found.</summary>
internal sealed class TrailOpening(AuditParts parts)
{
    // A digest is written every hour. Twice this interval is overdue.
    private static readonly TimeSpan DigestOverdue = TimeSpan.FromHours(2);

    private readonly TrailLayout _layout = parts.Place.Layout;
    private readonly OwnRecords _ownRecords = new(parts.Defaults, parts.Time);

    /// <exception cref="AuditTrailException">The trail cannot be written.</exception>
    internal OpenedTrail Run()
    {
        TrailLock? held = null;
        try
        {
            if (OwnDirectory.Create(_layout.Directory, parts.Storage.CreateDirectory) is { } unwritten)
            {
                parts.Observer.Noticed(
                    $"The new directory of the audit trail, '{_layout.Directory}', has no {OwnDirectory.IgnoreFile}: {unwritten.Message} "
                        + $"Keep it out of your repository.");
            }

            held = TrailLock.Take(_layout.LockFile);
            parts.Storage.CreateDirectory(_layout.JournalDirectory);
            TellOpenDirectories();
            return Open(held);
        }
        catch (Exception exception)
        {
            held?.Dispose();
            throw StorageFault.Is(exception) || exception is CryptographicException
                ? new AuditTrailException($"The audit trail in '{_layout.Directory}' cannot be written: {exception.Message}", exception)
                : exception;
        }
    }

    private void TellOpenDirectories()
    {
        foreach (string directory in new[] { _layout.Directory, _layout.JournalDirectory, _layout.LogsDirectory }.Where(Directory.Exists))
        {
            UnixFileMode rights = PrivateFiles.OpenToOthers(directory);
            if (rights != UnixFileMode.None)
            {
                parts.Observer.Noticed(
                    $"Users other than the owner have rights on the directory '{directory}': {rights}. They may read or change its "
                        + $"content. Remove these rights (chmod go= '{directory}').");
            }
        }
    }

    private OpenedTrail Open(TrailLock held)
    {
        RemoveUnfinished();
        TrailInventory inventory = new(parts.Place);
        TrailHead newestSealed = inventory.NewestSealed(parts.Observer.Noticed);
        RecoveredJournal found = new JournalRecovery(parts.Storage, _layout, parts.Time).Run(newestSealed, !inventory.IsEmpty);
        RsaAuditSigner? own = parts.HostSigner is null ? OwnSigner() : null;

        // After all existing digests, even if the newest one cannot be read: a digest must not overwrite another one.
        DateTimeOffset now = new[] { parts.Time.GetUtcNow(), inventory.DigestEnds.LastOrDefault() + TimeSpan.FromSeconds(2) }.Max();
        DigestWriter digests = new(parts.Place, parts.Storage, parts.HostSigner ?? own!, now);
        digests.GoOnFrom(inventory.NewestDigest(parts.Observer.Noticed));
        List<SealedFile> notInDigests = inventory.NotInDigests(digests.Previous?.End ?? DateTimeOffset.MinValue, parts.Observer.Noticed);
        string? missing = MissingDigests(inventory, found, digests.Previous, notInDigests);
        if (digests.Previous is null && missing is null && own is not null)
        {
            // Before the first record, so that a trail without a digest is one whose digests were removed. The library's own key signs at
            // once. The application's signer may be remote and is not waited for here.
            digests.WriteAsync(now, [], CancellationToken.None).GetAwaiter().GetResult();
        }

        JournalHead head = new(found.Head, found.HeadDigest, Identity(found));
        JournalWriter writer = new(parts.Storage, _layout, head, parts.Observer, parts.Time) { Confirm = held.Confirm };
        if (digests.Previous is { } previous)
        {
            writer.Follow(previous.Anchor);
        }

        RecordFindings(writer, found, missing);
        TrailProgress progress = new(parts.Shippings, parts.Options.SealBytes, parts.Time);
        AuditJournal journal = new(writer, parts.Options.MaxWaitingRecords, parts.Ledger, parts.Observer, progress, parts.Time);
        SealingState sealing = SealingStateOf(held, inventory, newestSealed, digests, notInDigests);
        TrailMaintenance maintenance = new(journal, sealing, parts.Options, parts.Observer, progress, parts.Time);
        StartShipping(journal);
        maintenance.Start();
        return new OpenedTrail(held, journal, maintenance, own);
    }

    /// <summary>Determines whether digests are missing that this trail must have had.</summary>
    /// <returns>The reason; <see langword="null"/> if none are missing.</returns>
    private string? MissingDigests(TrailInventory inventory, RecoveredJournal found, DigestLink? newest, List<SealedFile> notInDigests)
    {
        if (newest is null)
        {
            bool isNew = inventory.IsEmpty && found.Head.Sequence == 0 && found.DamagedFile is null;
            return isNew ? null : "The trail has records, but no digest with its name exists.";
        }

        if (found.HeadDigest is { } named && named.ToString() != newest.HashValue && !inventory.HasDigest(named, parts.Observer.Noticed))
        {
            return $"The journal's head names a digest that is missing. The newest existing one is '{newest.Key}'.";
        }

        // The process that sealed these files also wrote digests, at least one an hour.
        return notInDigests.Exists(file => TrailLayout.TryParse(file.Key, out TrailFile? path) && path.Time - newest.End > DigestOverdue)
            ? $"Files were sealed more than two hours after the newest digest, '{newest.Key}'. A digest was due in between."
            : null;
    }

    private void StartShipping(AuditJournal journal)
    {
        foreach (ITrailShipping shipping in parts.Shippings)
        {
            shipping.Committed(journal.NewestAtStart);
            shipping.Start();
        }
    }

    // If the file with the number is missing, the number is taken from the head, which belongs to this trail.
    private TrailIdentity Identity(RecoveredJournal found)
    {
        UInt128? known = TrailIdentity.ReadTrail(_layout);
        TrailIdentity identity = new(known ?? found.Identity?.Trail ?? TrailIdentity.NewTrail(), TrailIdentity.PlaceOf(_layout.Directory));
        if (known is null)
        {
            FinishedFile.Write(
                parts.Storage, _layout.IdentityFile, stream => stream.Write(Encoding.ASCII.GetBytes(identity.TrailText + "\n")));
        }

        return identity;
    }

    private RsaAuditSigner OwnSigner() =>
        parts.Options.SigningKeyPath is { } path ? SigningKeys.Read(path) : SigningKeys.ReadOrMake(_layout);

    // Only the holder of the lock writes here, so unfinished files were left by a process that has ended.
    private void RemoveUnfinished()
    {
        foreach (string path in Directory.EnumerateFiles(_layout.Directory, "*" + TrailLayout.TemporarySuffix, TrailLayout.WithoutLinks))
        {
            parts.Storage.Delete(path);
        }
    }

    private SealingState SealingStateOf(
        TrailLock held, TrailInventory inventory, TrailHead newestSealed, DigestWriter digests, List<SealedFile> notInDigests) => new(
        new TrailSealer(parts.Place, parts.Storage, parts.Options.SealBytes),
        digests,
        new TrailRetention(_layout, parts.Storage, parts.Options.Retention, file => parts.Shippings.All(s => s.IsShipped(file))),
        _ownRecords,
        notInDigests)
        {
            SealedUpTo = newestSealed.Sequence,
            SealedAt = inventory.SealedAt,
            Clock = new RetentionClock(inventory.DigestEnds, parts.Time),
            Confirm = held.Confirm,
        };

    private void RecordFindings(JournalWriter writer, RecoveredJournal found, string? missingDigests)
    {
        // The records that explain a gap come first, because the verification looks for them directly after the gap.
        if (found.MissingRecords > 0)
        {
            Record(
                writer,
                OwnEvents.TailMissing,
                new AuditData { ["firstMissing"] = found.Found.Sequence + 1, ["lastMissing"] = found.Head.Sequence },
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Counted.Of(found.MissingRecords, "acknowledged record")} {Counted.Form(found.MissingRecords, "is", "are")} missing: "
                        + $"numbers {found.Found.Sequence + 1} to {found.Head.Sequence}."));
        }

        if (found.DamagedFile is not null)
        {
            Record(
                writer,
                OwnEvents.DamageFound,
                new AuditData { ["file"] = _layout.KeyOf(found.DamagedFile), ["lastGoodSequence"] = found.DamageAfter },
                $"Acknowledged records after number {found.DamageAfter} were changed. The journal was copied unchanged to "
                    + $"'{found.DamagedFile}'.");
        }

        if (found.CutBytes > 0)
        {
            Record(
                writer,
                OwnEvents.Recovered,
                new AuditData { ["cutBytes"] = found.CutBytes, ["lastSequence"] = found.Head.Sequence },
                $"The last process ended while it was writing: {Counted.Of(found.CutBytes, "byte")} {Counted.Form(found.CutBytes, "was", "were")} removed from the end of the journal. "
                + "No acknowledged record was lost.");
        }

        RecordOrigin(writer, found, missingDigests);
    }

    private void RecordOrigin(JournalWriter writer, RecoveredJournal found, string? missingDigests)
    {
        if (missingDigests is not null)
        {
            Record(writer, OwnEvents.DigestsMissing, new AuditData { ["reason"] = missingDigests }, missingDigests);
        }

        foreach (ForeignHead foreign in found.ForeignHeads)
        {
            Record(
                writer,
                OwnEvents.HeadForeign,
                new AuditData
                {
                    ["file"] = _layout.KeyOf(foreign.File),
                    ["sequence"] = foreign.Newest.Sequence,
                    ["hash"] = foreign.Newest.Hash.ToString(),
                    [OwnEvents.IsCopy] = foreign.IsCopy,
                },
                foreign.ToString());
        }
    }

    private void Record(JournalWriter writer, string name, AuditData findings, string notice)
    {
        parts.Observer.Noticed(notice);
        EncodedRecord record = _ownRecords.Encode(name, findings);
        parts.Ledger.Accept(1);
        writer.Append([new PendingRecord(record, null, 0)]);
        parts.Ledger.Deliver(1);
        record.ReturnIfAny();
    }
}
