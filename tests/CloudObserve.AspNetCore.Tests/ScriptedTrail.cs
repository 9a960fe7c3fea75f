using System.Collections.Concurrent;
using System.Threading.Channels;
using CloudObserve.Audit;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>A trail in memory that fails, or makes its callers wait, as told.</summary>
internal sealed class ScriptedTrail : IAuditTrail
{
    private readonly ConcurrentQueue<(AuditEvent Event, AuditGuarantee Guarantee)> _records = new();
    private readonly Channel<bool> _arrived = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource _intentArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets the exception of an attempt to record.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Gets or sets from which record on it fails; the first is 0.</summary>
    public int FaultFrom { get; set; }

    /// <summary>Gets or sets the task that must complete before a record is kept.</summary>
    public Task Disk { get; set; } = Task.CompletedTask;

    /// <summary>Gets the attempts so far, intents included.</summary>
    public int Attempts { get; private set; }

    public ConcurrentQueue<AuditEvent> Intents { get; } = new();

    public AuditEvent[] Events => [.. _records.Select(r => r.Event)];

    public AuditEvent Only => Assert.Single(Events);

    public AuditGuarantee OnlyGuarantee => Assert.Single(_records).Guarantee;

    /// <summary>Waits until the first intent was handed in.</summary>
    public Task IntentArrivedAsync() => _intentArrived.Task.WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Waits until one more record was handed in.</summary>
    public Task ArrivedAsync() => _arrived.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    public ValueTask RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async ValueTask RecordAsync(AuditEvent auditEvent, AuditGuarantee guarantee, CancellationToken cancellationToken = default)
    {
        _ = _arrived.Writer.TryWrite(true);
        await KeepAsync(guarantee);
        _records.Enqueue((auditEvent, guarantee));
    }

    public async ValueTask<AuditAction> BeginAsync(
        AuditEvent auditEvent, AuditGuarantee? guarantee = null, CancellationToken cancellationToken = default)
    {
        _ = _intentArrived.TrySetResult();
        await KeepAsync(guarantee!.Value);
        Intents.Enqueue(auditEvent);
        return new AuditAction(this, auditEvent, AuditGuarantee.BeforeReturn);
    }

    public Task<AuditPage> LookupAsync(AuditLookup lookup, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    private async Task KeepAsync(AuditGuarantee guarantee)
    {
        int attempt = Attempts++;
        if (guarantee != AuditGuarantee.BestEffort)
        {
            await Disk;
        }

        if (Fault is { } exception && attempt >= FaultFrom)
        {
            throw exception;
        }
    }
}
