using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Provides the alarms to the application, and checks requests as CloudWatch does.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="table">The alarms.</param>
/// <param name="engine">The engine, which stores and reports changes.</param>
/// <param name="wake">Called after a change that may have made an evaluation due earlier.</param>
/// <param name="cloudWatch">The stored data.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class AlarmService(
    AlarmTable table, AlarmEngine engine, Action wake, EmbeddedCloudWatch cloudWatch, TimeProvider timeProvider)
    : IAlarms
{
    private const int MaxNames = 100;
    private const int MaxRecords = 100;

    private static readonly string[] AlarmTypes = ["CompositeAlarm", "MetricAlarm"];
    private static readonly string[] HistoryTypes = ["ConfigurationUpdate", "StateUpdate", "Action"];
    private static readonly string[] Orders = ["TimestampDescending", "TimestampAscending"];

    /// <inheritdoc/>
    public DescribeAlarmsResponse DescribeAlarms(DescribeAlarmsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestRules.Size("alarmNames", request.AlarmNames, MaxNames);
        RequestRules.Records(request.MaxRecords, MaxRecords);
        foreach (string type in request.AlarmTypes)
        {
            RequestRules.OneOf("alarmTypes", type, AlarmTypes);
        }

        return request is { AlarmNames.Count: > 0, AlarmNamePrefix: not null }
            ? throw RequestRules.Invalid("AlarmNamePrefix and AlarmNames are mutually exclusive")
            : table.Describe(request);
    }

    /// <inheritdoc/>
    public DescribeAlarmHistoryResponse DescribeAlarmHistory(DescribeAlarmHistoryRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequestRules.Records(request.MaxRecords, MaxRecords);
        RequestRules.OneOf("historyItemType", request.HistoryItemType, HistoryTypes);
        RequestRules.OneOf("scanBy", request.ScanBy, Orders);
        long? after = null;
        if (request.NextToken is { } token)
        {
            after = long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number : throw new CloudWatchException("InvalidNextToken", "The token is invalid.");
        }

        return table.History(request, request.ScanBy == Orders[1], after);
    }

    /// <inheritdoc/>
    public IReadOnlyList<AlarmContributor> DescribeAlarmContributors(string alarmName)
    {
        ArgumentNullException.ThrowIfNull(alarmName);
        return table.Contributors(alarmName);
    }

    /// <inheritdoc/>
    public IReadOnlyList<AlarmMuteRuleSummary> ListAlarmMuteRules() => table.MuteRules(timeProvider.GetUtcNow());

    /// <inheritdoc/>
    public void SetAlarmState(SetAlarmStateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        AlarmState state = RequestRules.Check(request);
        table.SetState(request, state, timeProvider.GetUtcNow());
        engine.Publish();
        wake();
    }

    /// <inheritdoc/>
    public void EnableAlarmActions(params IReadOnlyList<string> alarmNames) => SetActionsEnabled(alarmNames, isEnabled: true);

    /// <inheritdoc/>
    public void DisableAlarmActions(params IReadOnlyList<string> alarmNames) => SetActionsEnabled(alarmNames, isEnabled: false);

    /// <inheritdoc/>
    public AlarmExplanation Explain(string alarmName)
    {
        ArgumentNullException.ThrowIfNull(alarmName);
        (MetricAlarmEntry alarm, AlarmPlan plan, AlarmState state) = table.Metric(alarmName);
        DateTimeOffset now = timeProvider.GetUtcNow();
        DateTimeOffset end = plan.NewestEnd(now);
        AlarmDatapoint[] window = plan.IsMath
            ? SingleSeries(alarm, plan).Window(cloudWatch, end, plan.EvaluationRange, now)
            : MetricRead.Window(cloudWatch, plan, now);
        AlarmExplanation explanation = AlarmExplainer.Explain(plan, window, state);
        explanation = explanation with { Summary = string.Join(' ', [explanation.Summary, .. UnitRemarks.Of(cloudWatch, plan, end, now)]) };
        return alarm.IsOff ? explanation with { Summary = $"{AlarmReason.Provisioned}. Here: {explanation.Summary}" } : explanation;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlarmTransition>> BacktestAsync(
        string alarmName, DateTimeOffset startTime, DateTimeOffset endTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alarmName);
        return BacktestAsync(table.Metric(alarmName).Plan.Definition, startTime, endTime, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AlarmTransition>> BacktestAsync(
        AlarmDefinition definition, DateTimeOffset startTime, DateTimeOffset endTime, CancellationToken cancellationToken = default)
    {
        StoredBacktest backtest = new(AlarmPlan.Of(definition), cloudWatch, timeProvider);
        return Task.Factory.StartNew(
            () => backtest.Run(startTime, endTime, cancellationToken),
            cancellationToken,
            TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Fire(string alarmName)
    {
        ArgumentNullException.ThrowIfNull(alarmName);
        IReadOnlyList<string> ids = table.Fire(alarmName, timeProvider.GetUtcNow());
        engine.Publish();
        return ids;
    }

    private void SetActionsEnabled(IReadOnlyList<string> alarmNames, bool isEnabled)
    {
        ArgumentNullException.ThrowIfNull(alarmNames);
        RequestRules.Size("alarmNames", alarmNames, MaxNames);
        table.SetActionsEnabled(alarmNames, isEnabled, timeProvider.GetUtcNow());
        engine.Publish();
    }

    private MathRead SingleSeries(MetricAlarmEntry alarm, AlarmPlan plan)
    {
        MathRead read = new(alarm, plan, new MetricQueries(cloudWatch, timeProvider));
        return read.IsOverSeveral
            ? throw RequestRules.Invalid($"The alarm {alarm.Name} is over several time series. Call DescribeAlarmContributors.")
            : read;
    }
}
