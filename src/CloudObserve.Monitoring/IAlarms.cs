using CloudObserve.Local;

namespace CloudObserve.Monitoring;

/// <summary>Provides the alarms of this process: states, histories, explanations and backtests.</summary>
/// <remarks>The operations have the names and the semantics of CloudWatch's API.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public interface IAlarms
{
    /// <summary>Lists alarms, by name.</summary>
    /// <param name="request">The filter for alarms.</param>
    /// <returns>The alarms, and a token if there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch.</exception>
    DescribeAlarmsResponse DescribeAlarms(DescribeAlarmsRequest request);

    /// <summary>Lists the entries of histories, also of alarms that were deleted.</summary>
    /// <param name="request">The filter for entries.</param>
    /// <returns>The entries, and a token if there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch.</exception>
    DescribeAlarmHistoryResponse DescribeAlarmHistory(DescribeAlarmHistoryRequest request);

    /// <summary>Lists the time series of an alarm over several time series that are not in the state OK.</summary>
    /// <param name="alarmName">The name of the alarm.</param>
    /// <returns>The contributors, by id. An alarm over one time series has none.</returns>
    /// <exception cref="CloudWatchException">There is no such alarm (<c>ResourceNotFound</c>).</exception>
    IReadOnlyList<AlarmContributor> DescribeAlarmContributors(string alarmName);

    /// <summary>Lists the mute rules, by name.</summary>
    /// <returns>The rules with their present status.</returns>
    IReadOnlyList<AlarmMuteRuleSummary> ListAlarmMuteRules();

    /// <summary>Sets the state of an alarm. Its actions run as for any other change.</summary>
    /// <remarks>
    /// The next evaluation decides again: of a metric alarm at its next period, and of a composite alarm when one of its alarms changes.
    /// The present state again changes nothing.
    /// </remarks>
    /// <param name="request">The alarm, the state and the reason.</param>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch, or there is no such alarm.</exception>
    void SetAlarmState(SetAlarmStateRequest request);

    /// <summary>Lets changes of alarms run actions. Names of alarms that do not exist are ignored, as in CloudWatch.</summary>
    /// <param name="alarmNames">The names: at most 100.</param>
    /// <exception cref="CloudWatchException">There are too many names.</exception>
    void EnableAlarmActions(params IReadOnlyList<string> alarmNames);

    /// <summary>Keeps changes of alarms from running actions. Names of alarms that do not exist are ignored, as in CloudWatch.</summary>
    /// <param name="alarmNames">The names: at most 100.</param>
    /// <exception cref="CloudWatchException">There are too many names.</exception>
    void DisableAlarmActions(params IReadOnlyList<string> alarmNames);

    /// <summary>Evaluates a metric alarm now, without changing its state, and explains the result.</summary>
    /// <param name="alarmName">The name of the alarm.</param>
    /// <returns>The periods and their use, the rule that decided, and the changes that would lead to another state.</returns>
    /// <exception cref="CloudWatchException">There is no such metric alarm, it watches several time series, or its data cannot be
    /// read.</exception>
    AlarmExplanation Explain(string alarmName);

    /// <summary>Evaluates an alarm over the stored data of a time range.</summary>
    /// <param name="alarmName">The name of a metric alarm.</param>
    /// <param name="startTime">The time of the first evaluation.</param>
    /// <param name="endTime">The time that no evaluation is after.</param>
    /// <param name="cancellationToken">Ends the backtest.</param>
    /// <returns>The changes of the state, the oldest first.</returns>
    /// <exception cref="CloudWatchException">There is no such metric alarm, or its data cannot be read.</exception>
    Task<IReadOnlyList<AlarmTransition>> BacktestAsync(
        string alarmName, DateTimeOffset startTime, DateTimeOffset endTime, CancellationToken cancellationToken = default);

    /// <summary>Evaluates a definition over the stored data of a time range. The alarm need not exist.</summary>
    /// <param name="definition">The alarm.</param>
    /// <param name="startTime">The time of the first evaluation.</param>
    /// <param name="endTime">The time that no evaluation is after.</param>
    /// <param name="cancellationToken">Ends the backtest.</param>
    /// <returns>The changes of the state, the oldest first.</returns>
    /// <exception cref="ArgumentException">The definition is invalid.</exception>
    /// <exception cref="CloudWatchException">The data cannot be read.</exception>
    Task<IReadOnlyList<AlarmTransition>> BacktestAsync(
        AlarmDefinition definition, DateTimeOffset startTime, DateTimeOffset endTime, CancellationToken cancellationToken = default);

    /// <summary>Sends a test notification to the topics of an alarm's <c>AlarmActions</c>. It says that it is a test.</summary>
    /// <remarks>The state and the history do not change, and neither mute rules nor suppressors hold it back.</remarks>
    /// <param name="alarmName">The name of the alarm.</param>
    /// <returns>The ids of the notifications: one for each topic.</returns>
    /// <exception cref="CloudWatchException">There is no such alarm (<c>ResourceNotFound</c>).</exception>
    IReadOnlyList<string> Fire(string alarmName);
}
