using System.Text.Json;
using CloudObserve.Metrics;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Reads one metric datum and checks it against CloudWatch's rules.</summary>
internal sealed class DatumReader(string @namespace, DateTimeOffset now)
{
    internal AcceptedDatum Read(string path, JsonElement datum)
    {
        string name = Text(datum, "MetricName") ?? throw ServiceFault.Missing($"The parameter {path}.MetricName is required.");
        ScriptedMetricRules.CheckMetricName(path, name);
        string unit = Text(datum, "Unit") ?? "None";
        ScriptedMetricRules.CheckUnit(path, unit);
        int resolution = datum.TryGetProperty("StorageResolution", out JsonElement seconds) ? seconds.GetInt32() : 60;
        ScriptedMetricRules.CheckResolution(path, resolution);
        DateTimeOffset timestamp = Timestamp(datum);
        ScriptedMetricRules.CheckTimestamp(path, timestamp, now);
        AcceptedDatum read = new(@namespace, name, Dimensions($"{path}.Dimensions", datum), unit, timestamp, resolution, 0, 0, 0, 0, []);
        return WithSamples(path, datum, read);
    }

    private static AcceptedDatum WithSamples(string path, JsonElement datum, AcceptedDatum read)
    {
        bool hasValue = datum.TryGetProperty("Value", out JsonElement value);
        bool hasSet = datum.TryGetProperty("StatisticValues", out JsonElement set);
        bool hasValues = datum.TryGetProperty("Values", out JsonElement values);
        if (hasValue && (hasSet || hasValues))
        {
            string other = hasSet ? "StatisticValues" : "Values";
            throw ServiceFault.Combination(
                $"The parameters {path}.Value and {path}.{other} are mutually exclusive and you have specified both.");
        }

        if (!hasValues && datum.TryGetProperty("Counts", out _))
        {
            throw ServiceFault.Combination("The parameter values must appears when the counts parameter is specified.");
        }

        // CloudWatch ignores values beside a statistic set.
        if (hasSet)
        {
            return OfSet($"{path}.StatisticValues", set, read);
        }

        List<KeyValuePair<double, double>> samples = hasValues ? Distribution(path, datum, values)
            : hasValue ? [new(Number($"{path}.Value", value), 1)]
            : throw ServiceFault.Combination("At least one of the parameters must be specified.");
        return read with
        {
            SampleCount = samples.Sum(s => s.Value),
            Sum = samples.Sum(s => s.Key * s.Value),
            Minimum = samples.Min(s => s.Key),
            Maximum = samples.Max(s => s.Key),
            Values = samples,
        };
    }

    private static AcceptedDatum OfSet(string path, JsonElement set, AcceptedDatum read)
    {
        AcceptedDatum filled = read with
        {
            SampleCount = Statistic(path, set, "SampleCount"),
            Sum = Statistic(path, set, "Sum"),
            Minimum = Statistic(path, set, "Minimum"),
            Maximum = Statistic(path, set, "Maximum"),
        };
        ScriptedMetricRules.CheckSet(path, filled);
        return filled;
    }

    private static double Statistic(string path, JsonElement set, string name) => set.TryGetProperty(name, out JsonElement value)
        ? Number($"{path}.{name}", value)
        : throw ServiceFault.Missing($"The parameter {path}.{name} is required.");

    private static List<KeyValuePair<double, double>> Distribution(string path, JsonElement datum, JsonElement values)
    {
        int length = values.GetArrayLength();
        ScriptedMetricRules.CheckSize($"{path}.Values", length, ScriptedMetricRules.MaxValues);
        bool hasCounts = datum.TryGetProperty("Counts", out JsonElement counts);
        if (length == 0 || (hasCounts && counts.GetArrayLength() != length))
        {
            throw ServiceFault.InvalidValue(
                $"The parameters {path}.Values and {path}.Counts must have the same size, and at least one value.");
        }

        List<KeyValuePair<double, double>> samples = new(length);
        for (int i = 0; i < length; i++)
        {
            double count = hasCounts ? Number($"{path}.Counts", counts[i]) : 1;
            samples.Add(count >= 0
                ? new(Number($"{path}.Values", values[i]), count)
                : throw ServiceFault.InvalidValue($"The parameter {path}.Counts must contain only values greater than 0."));
        }

        return samples;
    }

    private static MetricDimension[] Dimensions(string path, JsonElement datum)
    {
        if (!datum.TryGetProperty("Dimensions", out JsonElement list))
        {
            return [];
        }

        ScriptedMetricRules.CheckSize(path, list.GetArrayLength(), ScriptedMetricRules.MaxDimensions);
        List<MetricDimension> dimensions = [];
        foreach (JsonElement item in list.EnumerateArray())
        {
            string at = $"{path}.member.{dimensions.Count + 1}";
            MetricDimension dimension = new(Text(item, "Name") ?? "", Text(item, "Value") ?? "");
            ScriptedMetricRules.CheckDimension(at, dimension.Name, dimension.Value);
            if (dimensions.Exists(earlier => earlier.Name == dimension.Name))
            {
                throw ServiceFault.InvalidValue("No metric may specify the same dimension name twice.");
            }

            dimensions.Add(dimension);
        }

        return [.. dimensions.OrderBy(d => d.Name, StringComparer.Ordinal)];
    }

    // On the wire the time is a number of epoch seconds. The text of AWS's model says milliseconds, which is wrong.
    private DateTimeOffset Timestamp(JsonElement datum) => datum.TryGetProperty("Timestamp", out JsonElement seconds)
        ? DateTimeOffset.UnixEpoch.AddSeconds(Math.Clamp(seconds.GetDouble(), -1e10, 1e11))
        : now;

    private static double Number(string path, JsonElement value)
    {
        // The protocol writes numbers that JSON cannot represent as strings.
        if (value.ValueKind == JsonValueKind.String)
        {
            throw ServiceFault.InvalidValue($"The value {value.GetString()} for parameter {path} is invalid.");
        }

        double number = value.GetDouble();
        ScriptedMetricRules.CheckNumber(path, number);
        return number;
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
}
