using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Records;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;

namespace CloudObserve.Audit.Insights;

/// <summary>Watches what is recorded: learns from the trail what is usual, records what is not, and tells the host.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InsightWatch(AuditParts parts) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly InsightDetector _detector = new(parts.Time);
    private readonly CancellationTokenSource _stopping = new();

    // The host's handler is called apart from the timer, for whose end the end of the host waits: one that hangs costs its own news.
    private readonly NoticeQueue _news = new(dropped => parts.Observer.HandlerFailed(
        nameof(AuditTrailOptions.OnInsight), new TimeoutException($"The handler is too slow: {dropped} insights were not told. They are in the trail.")));

    private ITimer? _timer;

    /// <summary>Gets the end of learning from the history.</summary>
    internal Task Learned { get; private set; } = Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    /// <summary>Completes when the host's handler has been called with what was found so far.</summary>
    internal Task WhenToldAsync() => _news.WhenSaidAsync();

    internal void Observe(AuditEvent auditEvent)
    {
        if (auditEvent.EventCategory == AuditEventCategory.Insight)
        {
            return;
        }

        _detector.Observe(new InsightSample(
            parts.Time.GetUtcNow(),
            auditEvent.EventSource ?? parts.Defaults.Source,
            auditEvent.EventName,
            auditEvent.ErrorCode,
            auditEvent.UserIdentity.Arn,
            auditEvent.UserAgent,
            auditEvent is { ReadOnly: false, EventCategory: AuditEventCategory.Management }));
    }

    internal void Start(AuditJournal journal)
    {
        _detector.BeginLearning();
        Learned = BackgroundLoop.Start(LearnAsync);
        _timer = parts.Time.CreateTimer(_ => Look(journal), null, Minute, Minute);
    }

    /// <summary>Ends learning and looking. What is unusual at this moment gets no end.</summary>
    internal async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Learned.ConfigureAwait(false);
        if (_timer is { } timer)
        {
            await timer.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task LearnAsync()
    {
        try
        {
            await InsightHistory.LearnAsync(_detector, parts.Place.Layout.Directory, parts.Time.GetUtcNow(), _stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault)
        {
            // Less is known of what is usual then, which at worst makes the trail silent.
            parts.Observer.Noticed($"What was usual could not be learned from the history ({fault.Message}): rates are compared with what was read of it.");
        }

        _detector.EndLearning();
    }

    private void Look(AuditJournal journal)
    {
        AuditInsight[] found = [.. _detector.Advance()];
        Array.ForEach(found, insight => Attempt(nameof(InsightRecord), () => Record(journal, insight)));
        if (parts.Options.OnInsight is { } handler)
        {
            Array.ForEach(found, insight => _news.Post(() => Attempt(nameof(AuditTrailOptions.OnInsight), () => handler(insight))));
        }
    }

    private void Record(AuditJournal journal, AuditInsight insight)
    {
        using RecordEncoder encoder = new(parts.Defaults, parts.CreateRedactor());
        EncodedRecord record = encoder.Encode(InsightRecord.Of(insight), parts.Time.GetUtcNow());
        parts.Observer.Recorded(errorCode: null);
        journal.Post(record);
    }

    // An exception out of a timer's callback would end the process.
    private void Attempt(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            parts.Observer.HandlerFailed(what, fault);
        }
    }
}
