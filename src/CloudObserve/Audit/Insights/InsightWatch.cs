using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Records;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;

namespace CloudObserve.Audit.Insights;

/// <summary>
/// Watches recorded events: it learns the usual rates from the trail, records insights, and passes them to the application's callback.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InsightWatch(AuditParts parts) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly InsightDetector _detector = new(parts.Time);
    private readonly CancellationTokenSource _stopping = new();

    // The callback does not run on the timer, because the shutdown waits for the timer. A callback that hangs loses only its own insights.
    private readonly NoticeQueue _news = new(dropped => parts.Observer.HandlerFailed(
        nameof(AuditTrailOptions.OnInsight),
        new TimeoutException(
            $"The handler is too slow: it did not receive {Counted.Of(dropped, "insight")}. All insights are in the trail.")));

    private ITimer? _timer;

    /// <summary>Gets a task that completes when the history has been read.</summary>
    internal Task Learned { get; private set; } = Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    /// <summary>Returns a task that completes when the application's callback has received all insights so far.</summary>
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

    /// <summary>Stops learning and watching.</summary>
    /// <remarks>An insight that is open now gets no end.</remarks>
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
            await InsightHistory.LearnAsync(_detector, parts.Place.Layout.Directory, parts.Time.GetUtcNow(), _stopping.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception)
        {
            // With less history fewer rates are detected as unusual, which is harmless.
            parts.Observer.Noticed(
                $"The usual rates could not be read completely from the history ({exception.Message}). Rates are compared with the part "
                    + $"that was read.");
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

    // An exception in a timer callback would end the process.
    private void Attempt(string what, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            parts.Observer.HandlerFailed(what, exception);
        }
    }
}
