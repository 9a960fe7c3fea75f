using System.Globalization;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Collects violations of the constraints of CloudWatch's API model, and words them as its front end does.</summary>
internal sealed class Constraints
{
    private readonly List<string> _violations = [];

    /// <summary>Returns the message with all violations; <see langword="null"/> if there is none.</summary>
    internal string? Message()
    {
        string noun = _violations.Count == 1 ? "error" : "errors";
        return _violations.Count == 0 ? null
            : $"{_violations.Count} validation {noun} detected: {string.Join("; ", _violations)}";
    }

    internal void Required(string member, bool isPresent)
    {
        if (!isPresent)
        {
            _violations.Add($"Value null at '{member}' failed to satisfy constraint: Member must not be null");
        }
    }

    internal void Length(string member, string? value, int min, int max)
    {
        if (value?.Length < min)
        {
            Add(member, value, $"Member must have length greater than or equal to {min}");
        }
        else if (value?.Length > max)
        {
            Add(member, value, $"Member must have length less than or equal to {max}");
        }
    }

    internal void RequiredLength(string member, string value, int max)
    {
        Required(member, value.Length > 0);
        Length(member, value, 0, max);
    }

    internal void Size(string member, IReadOnlyCollection<string> values, int max)
    {
        if (values.Count > max)
        {
            Add(member, $"[{string.Join(", ", values)}]", $"Member must have length less than or equal to {max}");
        }
    }

    internal void Positive(string member, double? value)
    {
        if (value < 1)
        {
            Add(member, value.Value.ToString(CultureInfo.InvariantCulture), "Member must have value greater than or equal to 1");
        }
    }

    internal void Pattern(string member, string? value, bool isMatch, string pattern)
    {
        if (value is { Length: > 0 } && !isMatch)
        {
            Add(member, value, $"Member must satisfy regular expression pattern: {pattern}");
        }
    }

    internal void OneOf(string member, string? value, string[] names)
    {
        if (value is not null && !names.Contains(value, StringComparer.Ordinal))
        {
            Add(member, value, $"Member must satisfy enum value set: [{string.Join(", ", names)}]");
        }
    }

    private void Add(string member, string value, string constraint) =>
        _violations.Add($"Value '{value}' at '{member}' failed to satisfy constraint: {constraint}");
}
