using CloudObserve.Contracts;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks the values of a datum against CloudWatch's rules: one value, values with counts, or a statistic set.</summary>
internal static class ValueRules
{
    internal static Aggregate Check(WireDatum datum, string path, long time)
    {
        CheckForm(datum, path);
        if (datum.Value is { } value)
        {
            CheckNumber(value, $"{path}.Value");
            return Aggregate.Of(time, [new ValueCount(Unsigned(value), 1)]);
        }

        // CloudWatch: if a statistic set is given together with Values, the set is stored and Values is ignored.
        return datum.StatisticValues is { } set
            ? CheckSet(set, $"{path}.StatisticValues", time)
            : Aggregate.Of(time, CheckValues(datum.Values!, datum.Counts, path));
    }

    private static void CheckForm(WireDatum datum, string path)
    {
        CheckExclusive(datum.Value.HasValue, datum.StatisticValues is not null, path, "Value", "StatisticValues");
        CheckExclusive(datum.Value.HasValue, datum.Values is not null, path, "Value", "Values");
        if (datum.Counts is not null && datum.Values is null)
        {
            throw ErrorCodes.Combination("The parameter values must appears when the counts parameter is specified.");
        }

        if (datum.Value is null && datum.StatisticValues is null && datum.Values is null or { Count: 0 })
        {
            throw ErrorCodes.Combination("At least one of the parameters must be specified.");
        }
    }

    private static void CheckExclusive(bool first, bool second, string path, string firstName, string secondName)
    {
        if (first && second)
        {
            throw ErrorCodes.Combination(
                $"The parameters {path}.{firstName} and {path}.{secondName} are mutually exclusive and you have specified both.");
        }
    }

    private static ValueCount[] CheckValues(List<double> values, List<double>? counts, string path)
    {
        CheckSize(values, $"{path}.Values");
        if (counts is not null && counts.Count != values.Count)
        {
            throw ErrorCodes.Invalid($"{path}.Counts", $"must have as many items as {path}.Values, {values.Count}, but has {counts.Count}");
        }

        ValueCount[] result = new ValueCount[values.Count];
        for (int i = 0; i < result.Length; i++)
        {
            double count = counts?[i] ?? 1;
            // The common case creates no path text: a request may have 150,000 values.
            if (!IsInRange(values[i]) || !IsInRange(count))
            {
                CheckNumber(values[i], $"{path}.Values.member.{i + 1}");
                CheckNumber(count, $"{path}.Counts.member.{i + 1}");
            }

            // CloudWatch: the message says otherwise, but 0 is accepted.
            if (count < 0)
            {
                throw ErrorCodes.Invalid($"{path}.Counts", "must contain only values greater than 0");
            }

            result[i] = new ValueCount(Unsigned(values[i]), count);
        }

        return result;
    }

    private static void CheckSize(List<double> values, string path)
    {
        if (values.Count > ServiceLimits.PutMetricData.MaxValues)
        {
            throw ErrorCodes.TooMany(path, ServiceLimits.PutMetricData.MaxValues);
        }
    }

    private static Aggregate CheckSet(WireStatisticSet set, string path, long time)
    {
        double count = Require(set.SampleCount, $"{path}.SampleCount");
        double sum = Require(set.Sum, $"{path}.Sum");
        double minimum = Require(set.Minimum, $"{path}.Minimum");
        double maximum = Require(set.Maximum, $"{path}.Maximum");
        if (count <= 0)
        {
            throw ErrorCodes.Invalid($"{path}.SampleCount", "must be greater than 0");
        }

        if (minimum > maximum)
        {
            throw ErrorCodes.Invalid($"{path}.Maximum", $"must be greater than {path}.Minimum");
        }

        return Aggregate.OfSet(time, count, sum, Unsigned(minimum), Unsigned(maximum));
    }

    private static double Require(double? value, string path)
    {
        double number = value ?? throw ErrorCodes.Required(path);
        CheckNumber(number, path);
        return number;
    }

    private static void CheckNumber(double value, string path)
    {
        if (!IsInRange(value))
        {
            throw new CloudWatchException(
                ErrorCodes.InvalidParameterValue, $"The value {WireNumber.ToText(value)} for parameter {path} is invalid.");
        }
    }

    // Returns false for NaN too, because every comparison with NaN is false.
    private static bool IsInRange(double value) => Math.Abs(value) <= ServiceLimits.PutMetricData.MaxMagnitude;

    // Negative zero becomes zero: it has a sign bit, and values are later sorted by their bits.
    private static double Unsigned(double value) => value + 0.0;
}
