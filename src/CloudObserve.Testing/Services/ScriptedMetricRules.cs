using System.Globalization;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Contains CloudWatch's rules for PutMetricData.</summary>
internal static class ScriptedMetricRules
{
    /// <summary>The CloudWatch limit: 1,000 datums in a request.</summary>
    internal const int MaxDatums = 1000;

    /// <summary>The CloudWatch limit: 150 distinct values in a datum.</summary>
    internal const int MaxValues = 150;

    /// <summary>The CloudWatch limit: 30 dimensions for a metric.</summary>
    internal const int MaxDimensions = 30;

    private const int MaxName = 255;
    private const int MaxDimensionValue = 1024;

    // CloudWatch accepts timestamps from two weeks ago to two hours ahead.
    private static readonly TimeSpan OldestAge = TimeSpan.FromDays(14);
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromHours(2);

    // CloudWatch accepts values from -2^360 to 2^360.
    private static readonly double LargestNumber = Math.Pow(2, 360);

    private static readonly HashSet<string> Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits",
        "Megabits",
        "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second",
        "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second",
            "None",
    ];

    internal static void CheckNamespace(string name)
    {
        // A leading colon is allowed: the service accepts it although the API model forbids it.
        CheckText("Namespace", name, MaxName);
        if (name.StartsWith("AWS/", StringComparison.Ordinal))
        {
            throw ServiceFault.InvalidValue("The value AWS/ for parameter Namespace is invalid: it is reserved.");
        }
    }

    internal static void CheckMetricName(string path, string name)
    {
        if (name.Length is 0 or > MaxName)
        {
            throw ServiceFault.InvalidValue($"The parameter {path}.MetricName must have 1 to {MaxName} characters.");
        }
    }

    internal static void CheckDimension(string path, string name, string value)
    {
        CheckText($"{path}.Name", name, MaxName);
        if (name[0] == ':')
        {
            throw ServiceFault.InvalidValue($"The value {name} for parameter {path}.Name is invalid: it must not start with a colon.");
        }

        CheckText($"{path}.Value", value, MaxDimensionValue);
    }

    internal static void CheckSet(string path, AcceptedDatum set)
    {
        if (set.SampleCount <= 0)
        {
            throw ServiceFault.InvalidValue($"The parameter {path}.SampleCount must be greater than 0.");
        }

        if (set.Maximum < set.Minimum)
        {
            throw ServiceFault.InvalidValue($"The parameter {path}.Maximum must be greater than {path}.Minimum.");
        }
    }

    internal static void CheckNumber(string path, double number)
    {
        if (!double.IsFinite(number) || Math.Abs(number) > LargestNumber)
        {
            // CloudWatch formats numbers as Java does.
            string text = number.ToString("R", CultureInfo.InvariantCulture).Replace("E+", "E", StringComparison.Ordinal);
            text = text.Contains('.', StringComparison.Ordinal) ? text : text.Replace("E", ".0E", StringComparison.Ordinal);
            throw ServiceFault.InvalidValue($"The value {text} for parameter {path} is invalid.");
        }
    }

    internal static void CheckUnit(string path, string unit)
    {
        if (!Units.Contains(unit))
        {
            throw ServiceFault.InvalidValue($"The value {unit} for parameter {path}.Unit is invalid.");
        }
    }

    internal static void CheckResolution(string path, int seconds)
    {
        if (seconds is not (1 or 60))
        {
            throw ServiceFault.InvalidValue($"The value {seconds} for parameter {path}.StorageResolution is invalid.");
        }
    }

    internal static void CheckTimestamp(string path, DateTimeOffset timestamp, DateTimeOffset now)
    {
        if (timestamp < now - OldestAge)
        {
            throw ServiceFault.InvalidValue($"The parameter {path}.Timestamp must specify a time within the past two weeks.");
        }

        if (timestamp > now + FurthestAhead)
        {
            throw ServiceFault.InvalidValue($"The parameter {path}.Timestamp must specify a time no more than two hours in the future.");
        }
    }

    internal static void CheckSize(string path, int size, int largest)
    {
        if (size > largest)
        {
            throw ServiceFault.InvalidValue($"The collection {path} must not have a size greater than {largest}.");
        }
    }

    private static void CheckText(string path, string text, int longest)
    {
        if (text.Length == 0 || text.Length > longest || string.IsNullOrWhiteSpace(text) || text.Any(c => c is < ' ' or > '~'))
        {
            throw ServiceFault.InvalidValue(
                $"The value '{text}' for parameter {path} must be 1 to {longest} ASCII characters and not blank.");
        }
    }
}
