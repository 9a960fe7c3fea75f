using CloudObserve.Audit.Events;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Selection;
using CloudObserve.Delivery;

namespace CloudObserve.Audit;

/// <summary>
/// Implements the application's interface to the trail: it selects events, encodes them on the caller's thread, and passes them to the
/// journal.
/// </summary>
internal sealed class AuditTrail(AuditParts parts, AuditSignal signal) : IAuditTrail
{
    private readonly EventSelection _selection = new(parts.Options, parts.Defaults.Source);
    private readonly AuditEventHistory _history = new(parts.Place.Layout.Directory);
    private readonly EncoderPool _encoders = new(parts.Defaults, parts.CreateRedactor);

    public ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) =>
        RecordAsync(auditEvent, parts.Options.Guarantee, cancellationToken);

    public ValueTask RecordAsync(AuditEvent auditEvent, AuditGuarantee guarantee, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_selection.Takes(auditEvent))
        {
            return ValueTask.CompletedTask;
        }

        if (auditEvent.Action is not { IsIntent: true })
        {
            parts.Observer.Recorded(auditEvent.ErrorCode);
            signal.Insights?.Observe(auditEvent);
        }

        if (guarantee == AuditGuarantee.BestEffort)
        {
            Post(auditEvent);
            return ValueTask.CompletedTask;
        }

        if (Prepare(auditEvent, out OpenedTrail opened, out EncodedRecord record) is { } exception)
        {
            return ValueTask.FromException(exception);
        }

        Task kept = opened.Journal.AppendAsync(record);
        return new ValueTask(cancellationToken.CanBeCanceled ? kept.WaitAsync(cancellationToken) : kept);
    }

    public async ValueTask<AuditAction> BeginAsync(
        AuditEvent auditEvent, AuditGuarantee? guarantee = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        AuditGuarantee asked = guarantee ?? parts.Options.Guarantee;
        if (asked != AuditGuarantee.BeforeAction)
        {
            return new AuditAction(this, auditEvent, asked);
        }

        Guid id = Guid.NewGuid();
        AuditEvent intent = auditEvent with { EventId = id, Action = new AuditActionMark(id, IsIntent: true) };
        await RecordAsync(intent, AuditGuarantee.BeforeReturn, cancellationToken).ConfigureAwait(false);
        return new AuditAction(this, auditEvent with { Action = new AuditActionMark(id, IsIntent: false) }, AuditGuarantee.BeforeReturn);
    }

    public Task<AuditPage> LookupAsync(AuditLookup lookup, CancellationToken cancellationToken = default) =>
        _history.LookupAsync(lookup, cancellationToken);

    private void Post(AuditEvent auditEvent)
    {
        if (Prepare(auditEvent, out OpenedTrail opened, out EncodedRecord record) is null)
        {
            opened.Journal.Post(record);
        }
    }

    // A failure is counted here. The guarantee decides whether the caller also fails.
    private Exception? Prepare(AuditEvent auditEvent, out OpenedTrail opened, out EncodedRecord record)
    {
        (opened, record) = (null!, default);
        LossReason reason = LossReason.StorageFailed;
        try
        {
            opened = signal.Open();
            reason = LossReason.InvalidValue;
            record = _encoders.Encode(auditEvent, parts.Time.GetUtcNow());
            return null;
        }
        catch (Exception exception)
        {
            reason = exception is AuditTrailException && reason == LossReason.InvalidValue ? LossReason.TooLarge : reason;
            parts.Ledger.Refuse(reason, exception.Message);
            return exception is AuditTrailException or ArgumentException
                ? exception
                : new AuditTrailException(
                    $"The event {auditEvent.EventName} could not be written as a record: {exception.Message}", exception);
        }
    }
}
