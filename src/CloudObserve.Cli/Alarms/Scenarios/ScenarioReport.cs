using System.Globalization;
using CloudObserve.Diagnostics;
using CloudObserve.Monitoring.Alarms;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Writes the results of scenarios as text.</summary>
/// <param name="output">The output.</param>
internal sealed class ScenarioReport(TextWriter output)
{
    // The reason of an unexpected state is in the newest periods. An evaluation can read a thousand and more.
    private const int MaxLines = 20;

    private int _passed;
    private int _failed;

    /// <summary>Gets a value indicating whether an expectation was not met.</summary>
    internal bool HasFailures => _failed > 0;

    /// <summary>Compares the expectations of a scenario with its run.</summary>
    internal void Write(string file, Scenario scenario, ScenarioRun run)
    {
        (Expectation Expected, ScenarioChange Actual)[] failures =
        [
            .. scenario.Expectations.Select(expected => (expected, Actual: run.StateOf(expected.Alarm, expected.Time)))
                .Where(static pair => !IsMet(pair.expected, pair.Actual)),
        ];
        if (failures.Length == 0)
        {
            _passed++;
            output.Write($"passed  {file}: {scenario.Name} ({Counted.Of(scenario.Expectations.Count, "expectation")})\n");
        }
        else
        {
            _failed++;
            output.Write($"FAILED  {file}: {scenario.Name}\n");
            foreach ((Expectation expected, ScenarioChange actual) in failures)
            {
                Write(scenario, run, expected, actual);
            }
        }

        foreach (ScenarioSeries unused in run.UnusedSeries)
        {
            output.Write($"        note: no alarm of the expectations uses the series {unused.Metric.Namespace}/{unused.Metric.MetricName}\n");
        }
    }

    /// <summary>Writes the numbers of scenarios.</summary>
    internal void Complete() =>
        output.Write($"{Counted.Of(_passed + _failed, "scenario")}: {_passed} passed, {_failed} failed\n");

    private static bool IsMet(Expectation expected, ScenarioChange actual) =>
        expected.State == actual.State
        && (expected.Reason is null || actual.Reason.Contains(expected.Reason, StringComparison.Ordinal));

    private void Write(Scenario scenario, ScenarioRun run, Expectation expected, ScenarioChange actual)
    {
        double minute = (expected.Time - scenario.Start).TotalMinutes;
        string place = string.Create(
            CultureInfo.InvariantCulture, $"minute {minute:0.###} ({expected.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'})");
        string state = AlarmStates.ToName(actual.State);
        output.Write($"  {place}: alarm '{expected.Alarm}'\n");
        output.Write(expected.State == actual.State
            ? $"    expected: {state} with a reason that contains '{expected.Reason}'\n"
            : $"    expected: {AlarmStates.ToName(expected.State)}\n");
        string since = string.Create(
            CultureInfo.InvariantCulture, $"since minute {(actual.Time - scenario.Start).TotalMinutes:0.###}");
        output.Write($"    actual:   {state} {since}: {actual.Reason}\n");
        string[] lines = [.. run.Explain(expected.Alarm, expected.Time)];
        foreach (string line in lines.Take(MaxLines))
        {
            output.Write($"    {line}\n");
        }

        if (lines.Length > MaxLines)
        {
            output.Write($"    and {lines.Length - MaxLines} older periods\n");
        }
    }
}
