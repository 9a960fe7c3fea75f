using System.Globalization;
using System.Text;
using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring;
using CloudObserve.Monitoring.Alarms;
using CloudObserve.Monitoring.Alarms.Definitions;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Reads files of scenarios.</summary>
internal sealed class ScenarioReader
{
    private const int MaxBytes = 64 * 1024 * 1024;
    private const string Alarms = "Alarms";
    private const double MaxMinute = 10_000_000;

    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string _file;
    private readonly StandardStreams _streams;

    private ScenarioReader(string file, StandardStreams streams)
    {
        _file = file;
        _streams = streams;
    }

    /// <summary>Reads a file, and the files of alarms that it names.</summary>
    /// <exception cref="CommandException">A file cannot be read or is invalid. The message contains all faults.</exception>
    internal static async Task<ScenarioFile> ReadAsync(string file, StandardStreams streams, CancellationToken cancellationToken)
    {
        InputFile.Check(file);
        string json = await InputText.ReadAsync(file, MaxBytes, streams, cancellationToken).ConfigureAwait(false);
        return await new ScenarioReader(file, streams).ReadFileAsync(json, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ScenarioFile> ReadFileAsync(string json, CancellationToken cancellationToken)
    {
        (IReadOnlyList<string> Settings, IReadOnlyList<string> Import, IReadOnlyList<Scenario> Scenarios) read;
        try
        {
            read = JsonMembers.Read(json, ReadRoot, maxLength: MaxBytes);
        }
        catch (FormatException exception)
        {
            throw new CommandException($"'{_file}' is not a file of alarm tests:\n{exception.Message}");
        }

        AlarmDefinitions alarms = ReadInline(json);
        if (read.Settings.Count > 0)
        {
            alarms = Join(alarms, AlarmSettingsFile.Read(read.Settings.Select(Beside)));
        }

        foreach (string imported in read.Import)
        {
            string text = await InputText.ReadAsync(Beside(imported), MaxBytes, _streams, cancellationToken).ConfigureAwait(false);
            alarms = Join(alarms, Import(imported, text));
        }

        // Topics that only have a name do not matter here, because no action runs.
        alarms = alarms.MapActions(static action => TopicOption.IsName(action) ? null : action);
        string[] faults = [.. alarms.Validate(), .. AlarmFaults(alarms, read.Scenarios)];
        return faults.Length == 0
            ? new ScenarioFile(_file, alarms, read.Scenarios)
            : throw new CommandException($"'{_file}' is invalid:\n{string.Join('\n', faults)}");
    }

    // Other files are named from the folder of this one, so that a test runs the same from everywhere.
    private string Beside(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(_file)) ?? "", file);

    private AlarmDefinitions ReadInline(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        try
        {
            IConfigurationRoot file = new ConfigurationBuilder().AddJsonStream(stream).Build();
            return AlarmSettingsFile.Read(file.GetSection(Alarms), $"the alarms of '{_file}'");
        }
        catch (FormatException exception)
        {
            // Configuration has each key once.
            throw new CommandException($"'{_file}' is invalid: {exception.Message}");
        }
    }

    private AlarmDefinitions Import(string file, string text)
    {
        try
        {
            AlarmDefinitions alarms = AlarmDefinitions.Import(text, out IReadOnlyList<string> notes);
            foreach (string note in notes)
            {
                _streams.Tell($"'{file}': {note}");
            }

            return alarms;
        }
        catch (FormatException exception)
        {
            throw new CommandException($"'{file}': {exception.Message}");
        }
    }

    private static AlarmDefinitions Join(AlarmDefinitions left, AlarmDefinitions right) => new()
    {
        MetricAlarms = [.. left.MetricAlarms, .. right.MetricAlarms],
        CompositeAlarms = [.. left.CompositeAlarms, .. right.CompositeAlarms],
    };

    private static IEnumerable<string> AlarmFaults(AlarmDefinitions alarms, IReadOnlyList<Scenario> scenarios)
    {
        HashSet<string> names = new(
            alarms.MetricAlarms.Select(static alarm => alarm.AlarmName)
                .Concat(alarms.CompositeAlarms.Select(static alarm => alarm.AlarmName)),
            StringComparer.Ordinal);
        return scenarios.SelectMany(scenario => scenario.Expectations.Select(static e => e.Alarm).Distinct()
            .Where(alarm => !names.Contains(alarm))
            .Select(alarm => $"The scenario '{scenario.Name}' expects a state of '{alarm}', but there is no such alarm."));
    }

    private static (IReadOnlyList<string> Settings, IReadOnlyList<string> Import, IReadOnlyList<Scenario> Scenarios) ReadRoot(
        JsonMembers members)
    {
        members.Ignore([Alarms]);
        IReadOnlyList<string> settings = members.Texts("Settings");
        IReadOnlyList<string> import = members.Texts("Import");
        IReadOnlyList<Scenario> scenarios = members.Objects("Scenarios", ReadScenario);
        if (scenarios.Count == 0)
        {
            members.Fault("Scenarios must have at least one scenario.");
        }

        return (settings, import, scenarios);
    }

    private static Scenario ReadScenario(JsonMembers members)
    {
        string name = members.Text("Name") ?? "";
        DateTimeOffset start = members.Time("Start") ?? DefaultStart;
        if (name.Length == 0)
        {
            members.Fault("Each scenario must have a Name.");
        }

        if (start.UtcTicks % TimeSpan.TicksPerMinute != 0)
        {
            members.Fault($"The Start of the scenario '{name}' must be a full minute.");
        }

        Scenario scenario = new(
            name,
            start,
            members.Objects("Series", series => ReadSeries(series, start)),
            members.Objects("Expect", expect => ReadExpectation(expect, start)));
        if (scenario.Expectations.Count == 0)
        {
            members.Fault($"The scenario '{name}' must have at least one element in Expect.");
        }

        return scenario;
    }

    private static ScenarioSeries ReadSeries(JsonMembers members, DateTimeOffset start)
    {
        MetricIdentifier metric = new(
            members.Text("Namespace") ?? "",
            members.Text("MetricName") ?? "",
            members.Objects("Dimensions", static d => new MetricDimension(d.Text("Name") ?? "", d.Text("Value") ?? "")));
        if (metric.Namespace.Length == 0 || metric.MetricName.Length == 0)
        {
            members.Fault("Each series must have a Namespace and a MetricName.");
        }

        string unit = members.Text("Unit") ?? "None";
        int interval = members.Integer("Interval") ?? 60;
        double count = members.Number("Count") ?? 1;
        if (interval < 1 || !(count > 0))
        {
            members.Fault($"Interval and Count of the series {metric.MetricName} must be greater than 0.");
            interval = 1;
        }

        List<ScenarioSample> samples =
        [
            .. ReadValues(members, metric.MetricName).Select((value, i) => (Value: value, Time: start.AddSeconds((double)i * interval)))
                .Where(static sample => sample.Value is not null)
                .Select(sample => new ScenarioSample(sample.Time, sample.Value!.Value, count)),
            .. members.Objects("Samples", sample => ReadSample(sample, start, count)),
        ];
        samples.Sort(static (left, right) => left.Time.CompareTo(right.Time));
        return new ScenarioSeries(metric, unit, samples);
    }

    private static List<double?> ReadValues(JsonMembers members, string metric)
    {
        try
        {
            return CompactValues.Parse(members.Text("Values") ?? "");
        }
        catch (FormatException exception)
        {
            members.Fault($"Values of the series {metric}: {exception.Message}.");
            return [];
        }
    }

    private static ScenarioSample ReadSample(JsonMembers members, DateTimeOffset start, double count) =>
        new(ReadTime(members, start), members.Number("Value") ?? Missing(members, "Value"), members.Number("Count") ?? count);

    private static double Missing(JsonMembers members, string name)
    {
        members.Fault($"Each sample must have a {name}.");
        return 0;
    }

    private static Expectation ReadExpectation(JsonMembers members, DateTimeOffset start)
    {
        string state = members.Text("State") ?? "";
        if (AlarmStates.Parse(state) is null)
        {
            members.Fault($"State of an expectation must be one of {AlarmStates.All}, not '{state}'.");
        }

        return new Expectation(
            ReadTime(members, start),
            members.Text("Alarm") ?? "",
            AlarmStates.Parse(state) ?? AlarmState.InsufficientData,
            members.Text("Reason"));
    }

    private static DateTimeOffset ReadTime(JsonMembers members, DateTimeOffset start)
    {
        double? minute = members.Number("Minute");
        DateTimeOffset? time = members.Time("Time");
        if ((minute is null) == (time is null) || minute is < 0 or > MaxMinute || time < start || time > start.AddMinutes(MaxMinute))
        {
            members.Fault(string.Create(
                CultureInfo.InvariantCulture,
                $"Each sample and each expectation must have either a Minute from 0 to {MaxMinute}, or a Time that is not before Start."));
            return start;
        }

        return time ?? start.AddTicks((long)(minute!.Value * TimeSpan.TicksPerMinute));
    }
}
