using System.Globalization;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>
/// Parses CloudWatch's notation of statistics, such as <c>Sum</c>, <c>p99.9</c>, <c>TM(10%:90%)</c> or <c>PR(:300)</c>. Case-sensitive.
/// </summary>
internal ref struct StatisticParser
{
    private const int MaxDecimals = 10;

    private static readonly StatisticBounds All = new(null, null, true);

    private readonly string _text;
    private int _position;

    private StatisticParser(string text) => _text = text;

    /// <summary>Parses a statistic.</summary>
    /// <param name="text">The statistic.</param>
    /// <param name="path">The member of the request that contains it, for the message.</param>
    /// <exception cref="CloudWatchException">The text is not a statistic.</exception>
    internal static Statistic Parse(string text, string path) =>
        string.IsNullOrEmpty(text) ? throw ErrorCodes.Required(path) : TryParse(text) ?? throw NotSupported(text, path);

    /// <summary>Parses a statistic, or returns <see langword="null"/> if the text is not one.</summary>
    internal static Statistic? TryParse(string text) =>
        text is { Length: > 0 and <= QueryLimits.MaxStatisticLength } ? new StatisticParser(text).Parse() : null;

    internal static CloudWatchException NotSupported(string text, string path) =>
        new(ErrorCodes.InvalidParameterValue, $"The value {text} for parameter {path} is not supported.");

    private static Statistic? WholeName(string text) => text switch
    {
        "SampleCount" => new(text, StatisticKind.SampleCount, All),
        "Average" => new(text, StatisticKind.Average, All),
        "Sum" => new(text, StatisticKind.Sum, All),
        "Minimum" => new(text, StatisticKind.Minimum, All),
        "Maximum" => new(text, StatisticKind.Maximum, All),
        "IQM" => new(text, StatisticKind.TrimmedMean, new StatisticBounds(25, 75, true)),
        _ => null,
    };

    private static StatisticKind? ShortKind(string prefix) => prefix switch
    {
        "p" => StatisticKind.Percentile,
        "tm" => StatisticKind.TrimmedMean,
        "tc" => StatisticKind.TrimmedCount,
        "ts" => StatisticKind.TrimmedSum,
        "wm" => StatisticKind.WinsorizedMean,
        _ => null,
    };

    private static StatisticKind? LongKind(string prefix) => prefix switch
    {
        "TM" => StatisticKind.TrimmedMean,
        "TC" => StatisticKind.TrimmedCount,
        "TS" => StatisticKind.TrimmedSum,
        "WM" => StatisticKind.WinsorizedMean,
        "PR" => StatisticKind.PercentileRank,
        _ => null,
    };

    private static bool IsAllowed(StatisticKind kind, StatisticBounds bounds) =>
        (bounds.Lower is not null || bounds.Upper is not null)
        && !(kind == StatisticKind.PercentileRank && bounds.InPercent)
        && !(bounds.InPercent && (bounds.Lower > 100 || bounds.Upper > 100))
        && !(bounds.Lower >= bounds.Upper);

    private Statistic? Parse()
    {
        if (WholeName(_text) is { } named)
        {
            return named;
        }

        string prefix = Letters();
        Statistic? result = null;
        if (ShortKind(prefix) is { } shortKind)
        {
            // CloudWatch: only the integer part must be at most 100, so p100.5 is accepted too.
            result = Number(exponentAllowed: false) is { } percent && Math.Floor(percent) <= 100
                ? new Statistic(_text, shortKind, new StatisticBounds(null, Math.Min(percent, 100), true))
                : null;
        }
        else if (LongKind(prefix) is { } longKind)
        {
            result = Bounds() is { } bounds && IsAllowed(longKind, bounds) ? new Statistic(_text, longKind, bounds) : null;
        }

        return _position == _text.Length ? result : null;
    }

    private StatisticBounds? Bounds()
    {
        if (!Accept("(") || !Bound(out double? lower, out bool lowerPercent)
            || !Accept(":") || !Bound(out double? upper, out bool upperPercent) || !Accept(")"))
        {
            return null;
        }

        bool mixed = lower is not null && upper is not null && lowerPercent != upperPercent;
        return mixed ? null : new StatisticBounds(lower, upper, lowerPercent || upperPercent);
    }

    // A bound may be omitted.
    private bool Bound(out double? value, out bool isPercent)
    {
        value = null;
        isPercent = false;
        if (_position < _text.Length && _text[_position] is ':' or ')')
        {
            return true;
        }

        int start = _position;
        value = Number(exponentAllowed: true);
        isPercent = value is not null && Accept("%");
        if (isPercent)
        {
            // A percentage must not have an exponent.
            _position = start;
            value = Number(exponentAllowed: false);
            return Accept("%");
        }

        return value is not null;
    }

    private double? Number(bool exponentAllowed)
    {
        int start = _position;
        if (!Digits())
        {
            return null;
        }

        if (Accept("."))
        {
            int fraction = _position;
            _ = Digits();
            if (_position - fraction > MaxDecimals)
            {
                return null;
            }
        }

        if (exponentAllowed && Accept("eE"))
        {
            _ = Accept("+-");
            if (!Digits())
            {
                return null;
            }
        }

        return double.Parse(_text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private string Letters()
    {
        while (_position < _text.Length && char.IsAsciiLetter(_text[_position]))
        {
            _position++;
        }

        return _text[.._position];
    }

    private bool Digits()
    {
        int start = _position;
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }

        return _position > start;
    }

    private bool Accept(string anyOf)
    {
        bool found = _position < _text.Length && anyOf.Contains(_text[_position], StringComparison.Ordinal);
        _position += found ? 1 : 0;
        return found;
    }
}
