using System.Globalization;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Reads CloudWatch's notation of statistics, such as <c>Sum</c>, <c>p99.9</c>, <c>TM(10%:90%)</c> or <c>PR(:300)</c>. Case matters.</summary>
internal ref struct StatisticParser
{
    private static readonly StatisticBounds All = new(null, null, true);

    private readonly string _text;
    private readonly string _path;
    private int _position;

    private StatisticParser(string text, string path)
    {
        _text = text;
        _path = path;
    }

    /// <summary>Parses a statistic.</summary>
    /// <param name="text">The statistic.</param>
    /// <param name="path">The request's member it comes from, for the message.</param>
    /// <exception cref="CloudWatchException">It is not a statistic. The message names the place.</exception>
    internal static Statistic Parse(string text, string path)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw ErrorCodes.Required(path);
        }

        if (text.Length > QueryLimits.MaxStatisticLength)
        {
            throw ErrorCodes.Invalid(path, $"must be shorter than {QueryLimits.MaxStatisticLength + 1} characters");
        }

        return new StatisticParser(text, path).Parse();
    }

    private Statistic Parse()
    {
        if (WholeName(_text) is { } named)
        {
            return named;
        }

        string prefix = Letters();
        Statistic result = ShortKind(prefix) is { } shortKind
            ? new Statistic(_text, shortKind, new StatisticBounds(null, Percentage(), true))
            : LongKind(prefix) is { } longKind
                ? new Statistic(_text, longKind, Bounds(longKind))
                : throw Fault(0, "expected SampleCount, Average, Sum, Minimum, Maximum, IQM, p, tm, tc, ts, wm, TM(, TC(, TS(, WM( or PR(");
        return _position == _text.Length ? result : throw Fault(_position, "expected the end");
    }

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

    private StatisticBounds Bounds(StatisticKind kind)
    {
        Expect('(');
        int start = _position;
        double? lower = Bound(':', out bool lowerPercent);
        Expect(':');
        double? upper = Bound(')', out bool upperPercent);
        Expect(')');
        bool inPercent = lowerPercent || upperPercent;
        CheckBounds(kind, start, new StatisticBounds(lower, upper, inPercent), lowerPercent, upperPercent);
        return new StatisticBounds(lower, upper, inPercent);
    }

    private readonly void CheckBounds(StatisticKind kind, int start, StatisticBounds bounds, bool lowerPercent, bool upperPercent)
    {
        if (bounds.Lower is null && bounds.Upper is null)
        {
            throw Fault(start, "at least one bound is needed");
        }

        if (bounds.Lower is not null && bounds.Upper is not null && lowerPercent != upperPercent)
        {
            throw Fault(start, "both bounds must be percentages or neither");
        }

        if (kind == StatisticKind.PercentileRank && bounds.InPercent)
        {
            throw Fault(start, "PR takes values, not percentages");
        }

        if (bounds.Lower >= bounds.Upper)
        {
            throw Fault(start, "the lower bound must be less than the upper");
        }
    }

    private double? Bound(char end, out bool isPercent)
    {
        isPercent = false;
        if (_position < _text.Length && _text[_position] == end)
        {
            return null;
        }

        int start = _position;
        double value = Number(exponentAllowed: true);
        if (_position < _text.Length && _text[_position] == '%')
        {
            _position = start;
            value = Percentage();
            Expect('%');
            isPercent = true;
        }

        return value;
    }

    private double Percentage()
    {
        int start = _position;
        double value = Number(exponentAllowed: false);
        return value <= 100 ? value : throw Fault(start, "a percentage is at most 100");
    }

    private double Number(bool exponentAllowed)
    {
        int start = _position;
        Digits();
        if (_position == start)
        {
            throw Fault(start, "expected a number");
        }

        if (Accept("."))
        {
            int fraction = _position;
            Digits();
            if (_position - fraction > 10)
            {
                throw Fault(fraction, "at most 10 decimals are allowed");
            }
        }

        if (exponentAllowed && Accept("eE"))
        {
            _ = Accept("+-");
            int exponent = _position;
            Digits();
            if (_position == exponent)
            {
                throw Fault(exponent, "expected an exponent");
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

    private void Digits()
    {
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }
    }

    private bool Accept(string anyOf)
    {
        bool found = _position < _text.Length && anyOf.Contains(_text[_position], StringComparison.Ordinal);
        _position += found ? 1 : 0;
        return found;
    }

    private void Expect(char wanted)
    {
        if (_position >= _text.Length || _text[_position] != wanted)
        {
            throw Fault(_position, $"expected '{wanted}'");
        }

        _position++;
    }

    private readonly CloudWatchException Fault(int position, string what) =>
        new(ErrorCodes.InvalidParameterValue, $"The value {_text} for parameter {_path} is invalid at position {position + 1}: {what}.");
}
