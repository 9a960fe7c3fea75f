using System.Globalization;

namespace CloudObserve.Diagnostics;

/// <summary>Collects all faults of the options, so that they can be reported together with key, value and rule.</summary>
internal sealed class OptionFaults
{
    private const string Section = "CloudObserve";

    private readonly List<string> _faults = [];

    internal IReadOnlyList<string> All => _faults;

    internal void Add(string key, object? value, string rule) => _faults.Add(value is null
        ? $"{Section}:{key} is not set, but {rule}"
        : string.Create(CultureInfo.InvariantCulture, $"{Section}:{key} is '{value}', but {rule}"));

    internal void Range<T>(string key, T value, T min, T max)
        where T : struct, IComparable<T>, IFormattable
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            Add(key, value, string.Create(CultureInfo.InvariantCulture, $"must be from {min} to {max}"));
        }
    }

    internal void Defined<T>(string key, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Add(key, value, $"must be one of {string.Join(", ", Enum.GetNames<T>())}");
        }
    }

    internal void Rule(string key, object? value, string? brokenRule)
    {
        if (brokenRule is not null)
        {
            Add(key, value, $"this breaks a rule of CloudWatch: {brokenRule}");
        }
    }
}
