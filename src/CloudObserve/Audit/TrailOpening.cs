using System.Globalization;
using System.Security.Cryptography;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Shipping;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit;

/// <summary>Opens a trail: takes its lock, makes the journal whole, finds the key, and records what was found amiss.</summary>
internal sealed class TrailOpening(AuditParts parts)
{
    private readonly TrailLayout _layout = parts.Place.Layout;

    /// <exception cref="AuditTrailException">The trail cannot be written.</exception>
    internal OpenedTrail Run()
    {
        TrailLock? held = null;
        try
        {
            parts.Storage.CreateDirectory(_layout.Directory);
            held = TrailLock.Take(_layout.LockFile);
            parts.Storage.CreateDirectory(_layout.JournalDirectory);
            return Open(held);
        }
        catch (Exception fault)
        {
            held?.Dispose();
            throw StorageFault.Is(fault) || fault is CryptographicException
                ? new AuditTrailException($"The audit trail in '{_layout.Directory}' cannot be written: {fault.Message}", fault)
                : fault;
        }
    }

    private OpenedTrail Open(TrailLock held)
    {
        RemoveUnfinished();
        TrailInventory inventory = new(parts.Place);
        TrailHead newestSealed = inventory.NewestSealed(parts.Observer.Noticed);
        RecoveredJournal found = new JournalRecovery(parts.Storage, _layout, parts.Time).Run(newestSealed);
        RsaAuditSigner? own = parts.HostSigner is null ? OwnSigner() : null;
        JournalWriter writer = new(parts.Storage, _layout, found.Head, parts.Observer);
        RecordFindings(writer, found);
        AuditJournal journal = new(writer, parts.Options.MaxWaitingRecords, parts.Ledger, parts.Observer, parts.Time);
        TrailKeeper keeper = new(journal, Keeping(inventory, newestSealed, parts.HostSigner ?? own!), parts.Options, parts.Observer, parts.Time);
        StartShipping(journal, keeper);
        keeper.Start();
        return new OpenedTrail(held, journal, keeper, own);
    }

    private void StartShipping(AuditJournal journal, TrailKeeper keeper)
    {
        foreach (ITrailShipping shipping in parts.Shippings)
        {
            shipping.Committed(journal.NewestAtStart);
            shipping.Start();
            journal.Kept += shipping.Committed;
            keeper.Finished += shipping.Finished;
        }
    }

    private RsaAuditSigner OwnSigner() =>
        parts.Options.SigningKeyPath is { } path ? SigningKeys.Read(path) : SigningKeys.ReadOrMake(_layout);

    // Only the holder of the lock writes here, so whatever is unfinished was left by a process that ended.
    private void RemoveUnfinished()
    {
        foreach (string path in Directory.EnumerateFiles(_layout.Directory, "*" + TrailLayout.TemporarySuffix, SearchOption.AllDirectories))
        {
            parts.Storage.Delete(path);
        }
    }

    private KeeperParts Keeping(TrailInventory inventory, TrailHead newestSealed, AuditSigner signer)
    {
        DigestWriter digests = new(parts.Place, parts.Storage, signer, parts.Time.GetUtcNow());
        DigestLink? previous = inventory.NewestDigest(parts.Observer.Noticed);
        digests.GoOnFrom(previous);
        return new KeeperParts(
            new TrailSealer(parts.Place, parts.Storage, parts.Options.SealBytes),
            digests,
            new TrailRetention(_layout, parts.Storage, parts.Options.Retention, file => parts.Shippings.All(s => s.IsShipped(file))),
            newestSealed.Sequence,
            inventory.NotInDigests(previous?.End ?? DateTimeOffset.MinValue, parts.Observer.Noticed));
    }

    private void RecordFindings(JournalWriter writer, RecoveredJournal found)
    {
        if (found.CutBytes > 0)
        {
            Record(
                writer,
                OwnEvents.Recovered,
                new AuditData { ["cutBytes"] = found.CutBytes, ["lastSequence"] = found.Head.Sequence },
                $"The last process ended while it was writing: {found.CutBytes} bytes at the journal's end were cut. Nothing acknowledged was lost.");
        }

        if (found.DamagedFile is not null)
        {
            Record(
                writer,
                OwnEvents.DamageFound,
                new AuditData { ["file"] = _layout.KeyOf(found.DamagedFile), ["lastGoodSequence"] = found.DamageAfter },
                $"Acknowledged records behind number {found.DamageAfter} had been changed. The journal was kept as it was found: '{found.DamagedFile}'.");
        }

        if (found.MissingRecords > 0)
        {
            Record(
                writer,
                OwnEvents.TailMissing,
                new AuditData { ["firstMissing"] = found.Found.Sequence + 1, ["lastMissing"] = found.Head.Sequence },
                string.Create(CultureInfo.InvariantCulture, $"{found.MissingRecords} acknowledged records are missing: numbers {found.Found.Sequence + 1} to {found.Head.Sequence}."));
        }
    }

    private void Record(JournalWriter writer, string name, AuditData findings, string notice)
    {
        parts.Observer.Noticed(notice);
        using RecordEncoder encoder = new(parts.Defaults, redactor: null);
        AuditEvent auditEvent = new(name)
        {
            EventSource = OwnEvents.Source,
            EventType = "AwsServiceEvent",
            UserIdentity = new AuditIdentity("AWSService") { InvokedBy = OwnEvents.Source },
            AdditionalEventData = findings,
        };
        EncodedRecord record = encoder.Encode(auditEvent, parts.Time.GetUtcNow());
        parts.Ledger.Accept(1);
        writer.Append([new PendingRecord(record, null, 0)]);
        parts.Ledger.Deliver(1);
        record.ReturnIfAny();
    }
}
