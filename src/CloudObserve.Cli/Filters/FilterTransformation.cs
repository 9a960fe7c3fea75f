using System.Text;
using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Filters;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Cli.Filters;

/// <summary>Represents the value and the dimensions that a metric filter extracts from a matching event.</summary>
/// <remarks>The value may also be constant.</remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FilterTransformation
{
    private readonly double? _constant;
    private readonly int? _valueCapture;

    /// <summary>Initializes a new instance of the <see cref="FilterTransformation"/> class.</summary>
    /// <exception cref="CommandException">CloudWatch Logs would refuse the value or the dimensions.</exception>
    internal FilterTransformation(FilterPattern pattern, string? value, IReadOnlyList<string> dimensions)
    {
        List<string> selectors = [];
        if (value is not null)
        {
            _constant = ReadConstant(value);
            _valueCapture = _constant is null ? Add(selectors, pattern, value, "--value") : null;
        }

        HasValue = value is not null;
        Dimensions = ReadDimensions(pattern, dimensions, selectors);
        Extractor = pattern.Select([.. selectors]);
    }

    /// <summary>Gets the pattern with the selectors of values.</summary>
    internal FilterExtractor Extractor { get; }

    /// <summary>Gets whether there is a value.</summary>
    internal bool HasValue { get; }

    /// <summary>Gets the names of the dimensions and the index of each dimension's capture.</summary>
    internal IReadOnlyList<(JsonEncodedText Name, int Capture)> Dimensions { get; }

    /// <summary>
    /// Returns the value of the datapoint; <see langword="null"/> if the event has none, because its value is missing or not a number.
    /// </summary>
    internal double? ValueOf(ReadOnlySpan<byte> message, ReadOnlySpan<FilterCapture> captures) =>
        _valueCapture is not int index ? _constant : captures[index].TryGetNumber(message, out double number) ? number : null;

    private static double? ReadConstant(string value)
    {
        if (value.StartsWith('$'))
        {
            return value.Length <= ServiceLimits.PutMetricFilter.MaxValueLength
                ? null : throw new CommandException($"--value must have at most {ServiceLimits.PutMetricFilter.MaxValueLength} characters");
        }

        bool isNumber = Numbers.TryParse(Encoding.UTF8.GetBytes(value), out double number) && double.IsFinite(number);
        return isNumber ? number
            : throw new CommandException(
                $"--value must be a number, $.property, $field, or the position of a field such as $7, not '{value}'");
    }

    private static (JsonEncodedText Name, int Capture)[] ReadDimensions(
        FilterPattern pattern, IReadOnlyList<string> dimensions, List<string> selectors)
    {
        if (dimensions.Count > ServiceLimits.PutMetricFilter.MaxDimensions)
        {
            throw new CommandException(
                $"CloudWatch Logs: a metric filter must have at most {ServiceLimits.PutMetricFilter.MaxDimensions} dimensions, not "
                    + $"{dimensions.Count}");
        }

        Dictionary<string, int> captures = new(StringComparer.Ordinal);
        foreach (string dimension in dimensions)
        {
            int equals = dimension.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? string.Empty : dimension[..equals];
            if (name.Length is 0 or > ServiceLimits.PutMetricFilter.MaxTextLength || name[0] == ':')
            {
                throw new CommandException(
                    $"--dimension must be NAME=$.property or NAME=$field with a name of 1 to {ServiceLimits.PutMetricFilter.MaxTextLength} "
                        + $"characters that does not begin with ':', not '{dimension}'");
            }

            if (!captures.TryAdd(name, AddUsed(selectors, pattern, dimension[(equals + 1)..])))
            {
                throw new CommandException($"the dimension '{name}' is given twice");
            }
        }

        return [.. captures.Select(static capture => (JsonEncodedText.Encode(capture.Key, MatchWriter.Encoder), capture.Value))];
    }

    private static int AddUsed(List<string> selectors, FilterPattern pattern, string selector)
    {
        int capture = Add(selectors, pattern, selector, "--dimension");
        return pattern.Uses(selector)
            ? capture
            : throw new CommandException(
                $"CloudWatch Logs: the pattern must use the selector of a dimension, but '{selector}' is not in {pattern.Text}");
    }

    private static int Add(List<string> selectors, FilterPattern pattern, string selector, string option)
    {
        try
        {
            _ = pattern.Select(selector);
        }
        catch (FilterPatternException exception)
        {
            throw PatternOption.Invalid($"{option} is invalid", exception.Error);
        }

        selectors.Add(selector);
        return selectors.Count - 1;
    }
}
