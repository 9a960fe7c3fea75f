using System.Globalization;
using CloudObserve.Monitoring;
using CloudObserve.Monitoring.Alarms;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Evaluates the alarms of a scenario over its samples.</summary>
internal sealed class ScenarioRun
{
    private const string InitialReason = "Unchecked: Initial alarm creation";

    private readonly AlarmDefinitions _alarms;
    private readonly Scenario _scenario;
    private readonly DateTimeOffset _end;
    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScenarioMetrics> _metrics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ScenarioChange>> _changes = new(StringComparer.Ordinal);

    private ScenarioRun(AlarmDefinitions alarms, Scenario scenario)
    {
        _alarms = alarms.InOrder();
        _scenario = scenario;
        _end = scenario.Expectations.Max(static expectation => expectation.Time);
    }

    /// <summary>Gets the series that no needed alarm uses.</summary>
    internal IEnumerable<ScenarioSeries> UnusedSeries =>
        _scenario.Series.Except(_metrics.Values.SelectMany(static metrics => metrics.Used));

    /// <summary>Evaluates a scenario.</summary>
    /// <exception cref="CommandException">An alarm cannot be evaluated on samples.</exception>
    internal static ScenarioRun Of(AlarmDefinitions alarms, Scenario scenario, CancellationToken cancellationToken)
    {
        ScenarioRun run = new(alarms, scenario);
        run.FindNeeded();
        foreach (AlarmDefinition alarm in run._alarms.MetricAlarms.Where(alarm => run._needed.Contains(alarm.AlarmName)))
        {
            run.Evaluate(alarm, cancellationToken);
        }

        run.EvaluateComposites();
        return run;
    }

    /// <summary>Returns the last change of an alarm's state by a time.</summary>
    internal ScenarioChange StateOf(string alarm, DateTimeOffset time) =>
        _changes[alarm].FindLast(change => change.Time <= time)
        ?? new ScenarioChange(_scenario.Start, AlarmState.InsufficientData, InitialReason);

    /// <summary>Explains the state of an alarm at a time, in a sentence for each line.</summary>
    internal IEnumerable<string> Explain(string name, DateTimeOffset time)
    {
        if (_alarms.CompositeAlarms.FirstOrDefault(composite => composite.AlarmName == name) is { } composite)
        {
            yield return $"The rule is {composite.AlarmRule}.";
            foreach (string child in ChildrenOf(composite))
            {
                yield return $"'{child}' is {AlarmStates.ToName(StateOf(child, time).State)}.";
            }

            yield break;
        }

        AlarmDefinition alarm = _alarms.MetricAlarms.First(metric => metric.AlarmName == name);
        foreach (string missing in _metrics[name].Missing)
        {
            yield return $"The scenario has no series of the metric {missing}.";
        }

        DateTimeOffset from = FirstEvaluation(alarm);
        if (time < from)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The alarm is evaluated from {from.UtcDateTime:u} on, when its first period has ended.");
            yield break;
        }

        AlarmExplanation explanation = AlarmBacktest.Explain(alarm, _metrics[name].Read, from, time);
        foreach (string line in explanation.Needed.Prepend(explanation.Summary).Concat(explanation.Periods.Select(PeriodText.Of)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> ChildrenOf(CompositeAlarmDefinition composite) =>
        AlarmRule.Parse(composite.AlarmRule).Children.Select(NameOf).Distinct();

    // An ARN ends with the name, which may have colons itself.
    private static string NameOf(string reference) =>
        reference.Split(':', 7) is ["arn", _, "cloudwatch", _, _, "alarm", var name] ? name : reference;

    private DateTimeOffset FirstEvaluation(AlarmDefinition alarm) => _scenario.Start + alarm.WatchedPeriod!.Value;

    private void FindNeeded()
    {
        _needed.UnionWith(_scenario.Expectations.Select(static expectation => expectation.Alarm));

        // From the last to the first, so that the children of children are found too.
        foreach (CompositeAlarmDefinition composite in _alarms.CompositeAlarms.Reverse())
        {
            if (_needed.Contains(composite.AlarmName))
            {
                _needed.UnionWith(ChildrenOf(composite));
            }
        }
    }

    private void Evaluate(AlarmDefinition alarm, CancellationToken cancellationToken)
    {
        ScenarioMetrics metrics = new(alarm, _scenario.Series);
        List<ScenarioChange> changes = [];
        try
        {
            foreach (AlarmBacktestStep step in AlarmBacktest.Evaluate(alarm, metrics.Read, FirstEvaluation(alarm), _end))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (step.Transition is { } transition)
                {
                    changes.Add(new ScenarioChange(step.Time, step.State, transition.Reason));
                }
            }
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(
                $"the scenario '{_scenario.Name}' cannot evaluate the alarm '{alarm.AlarmName}': {exception.Message}");
        }

        _metrics.Add(alarm.AlarmName, metrics);
        _changes.Add(alarm.AlarmName, changes);
    }

    private void EvaluateComposites()
    {
        foreach (CompositeAlarmDefinition composite in _alarms.CompositeAlarms.Where(alarm => _needed.Contains(alarm.AlarmName)))
        {
            AlarmRule rule = AlarmRule.Parse(composite.AlarmRule);
            string[] children = [.. ChildrenOf(composite)];
            string arn = ArnOf(composite.AlarmName);
            AlarmState state = rule.Evaluate(static _ => AlarmState.InsufficientData);
            string created = $"{arn} was created and its alarm rule evaluates to {AlarmStates.ToName(state)}";
            List<ScenarioChange> changes = [new ScenarioChange(_scenario.Start, state, created)];

            // The children change at these times only.
            IEnumerable<DateTimeOffset> times = children.SelectMany(child => _changes[child]).Select(static change => change.Time);
            foreach (DateTimeOffset time in times.Distinct().Order())
            {
                AlarmState next = rule.Evaluate(name => StateOf(name, time).State);
                if (next != state)
                {
                    state = next;
                    changes.Add(new ScenarioChange(time, state, Reason(children, time)));
                }
            }

            _changes.Add(composite.AlarmName, changes);
        }
    }

    // In CloudWatch's words, for the first of the alarms that changed.
    private string Reason(string[] children, DateTimeOffset time)
    {
        string child = children.First(name => _changes[name].Exists(change => change.Time == time));
        string state = AlarmStates.ToName(StateOf(child, time).State);
        return string.Create(
            CultureInfo.InvariantCulture, $"{ArnOf(child)} transitioned to {state} at {time.UtcDateTime:dddd dd MMMM, yyyy HH:mm:ss} UTC");
    }

    private static string ArnOf(string name) => $"arn:aws:cloudwatch:us-east-1:000000000000:alarm:{name}";
}
