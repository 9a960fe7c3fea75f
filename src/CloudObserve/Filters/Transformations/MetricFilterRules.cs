using System.Globalization;
using System.Text;
using CloudObserve.Contracts;
using CloudObserve.Filters.Patterns.Syntax;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Metrics;

namespace CloudObserve.Filters.Transformations;

/// <summary>
/// Validates metric filters by the rules of CloudWatch Logs, so that each filter can also be deployed there, and by some rules of this
/// library.
/// </summary>
internal static class MetricFilterRules
{
    /// <summary>Finds all faults of a filter.</summary>
    internal static IEnumerable<MetricFilterFault> Check(string name, MetricFilterOptions options)
    {
        FilterPattern? pattern = null;
        FilterPatternError? error = null;
        bool isParsed = FilterPattern.TryParse(options.Pattern, out pattern, out error);
        IEnumerable<MetricFilterFault?> faults =
        [
            Fault("", name, CheckFilterName(name)),
            isParsed ? null : InvalidPattern(options.Pattern, error!),
            Fault(nameof(options.Namespace), options.Namespace, CheckMetricText(options.Namespace, MetricRules.CheckNamespace)),
            Fault(nameof(options.Metric), options.Metric, CheckMetricText(options.Metric, MetricRules.CheckName)),
            CheckValue(options.Value, pattern) is { } broken
                ? new MetricFilterFault(nameof(options.Value), options.Value, broken, InvalidValue(options.Value)) : null,
            .. CheckDimensions(options, pattern),
            .. CheckSystemFields(options),
            Fault(nameof(options.Default), options.Default, CheckDefault(options)),
            Fault(nameof(options.Unit), options.Unit, MetricUnitNames.IsDefined(options.Unit)
                ? null : $"must be one of {string.Join(", ", Enum.GetNames<MetricUnit>())}"),
            Fault(nameof(options.Sample), options.Sample, CheckSample(options)),
            Fault(nameof(options.Provision), options.Provision, CheckProvision(options)),
            .. options.LogGroups.Select((group, i) => Fault($"{nameof(options.LogGroups)}:{i}", group, CheckLogGroup(group))),
        ];
        return faults.OfType<MetricFilterFault>();
    }

    /// <summary>Returns whether a value is a selector and not a number.</summary>
    internal static bool IsSelector(string value) => value.StartsWith('$');

    /// <summary>Parses a value that is a number.</summary>
    internal static bool TryParseNumber(string value, out double number) =>
        Numbers.TryParse(Encoding.UTF8.GetBytes(value), out number) && MetricRules.IsValidValue(number);

    /// <summary>Returns whether a valid template of a log group always yields the same name.</summary>
    internal static bool IsFixed(string logGroup) =>
        LogTemplate.Parse(logGroup, NameKind.LogGroup) is { UsesDate: false, UsesCategory: false };

    /// <summary>Returns whether CloudWatch accepts a value.</summary>
    internal static bool IsValidValue(double value) => MetricRules.IsValidValue(value);

    private static MetricFilterFault InvalidPattern(string? pattern, FilterPatternError error) => new(
        nameof(MetricFilterOptions.Pattern),
        pattern,
        $"must be a filter pattern; at position {error.Position}: {error.Message}",
        error.ServiceMessage ?? "Invalid metric filter pattern");

    // For a value that is empty or too long, CloudWatch Logs returns the message of its API model instead.
    private static string? InvalidValue(string? value) =>
        string.IsNullOrEmpty(value) || value.Length > ServiceLimits.PutMetricFilter.MaxValueLength
            ? null : $"Invalid metric transformation: metric value {value} must be a valid number";

    private static MetricFilterFault? Fault(string key, object? value, string? rule) =>
        rule is null ? null : new MetricFilterFault(key, value, rule);

    private static string? CheckFilterName(string name)
    {
        if (name.Length is 0 or > ServiceLimits.PutMetricFilter.MaxNameLength)
        {
            return $"CloudWatch Logs: the name of a filter must have 1 to {ServiceLimits.PutMetricFilter.MaxNameLength} characters";
        }

        return name.AsSpan().ContainsAny(':', '*') ? "CloudWatch Logs: the name of a filter must not contain : or *" : null;
    }

    private static string? CheckMetricText(string? text, Func<string?, string?> check)
    {
        if (check(text) is { } broken)
        {
            return $"CloudWatch: {broken}";
        }

        // The API model also forbids a leading colon, but the service accepts it.
        return text.AsSpan().ContainsAny('*', '$')
            ? "CloudWatch Logs: the name and the namespace of a filter's metric must not contain * or $"
            : null;
    }

    private static string? CheckValue(string? value, FilterPattern? pattern)
    {
        if (value is null or { Length: 0 or > ServiceLimits.PutMetricFilter.MaxValueLength })
        {
            return $"CloudWatch Logs: a value must have 1 to {ServiceLimits.PutMetricFilter.MaxValueLength} characters";
        }

        if (IsSelector(value))
        {
            return pattern?.LacksField(value) == true ? null : CheckSelector(value, pattern);
        }

        return TryParseNumber(value, out _)
            ? null
            : "must be a number from -2^360 to 2^360, $.property, $field, or the position of a field such as $7";
    }

    // Without a valid pattern a selector cannot be checked. The fault of the pattern is reported already.
    private static string? CheckSelector(string selector, FilterPattern? pattern)
    {
        try
        {
            _ = pattern?.Select(selector);
            return null;
        }
        catch (FilterPatternException exception)
        {
            return $"must be a valid selector; at position {exception.Error.Position}: {exception.Error.Message}";
        }
    }

    private static IEnumerable<MetricFilterFault?> CheckDimensions(MetricFilterOptions options, FilterPattern? pattern)
    {
        const string Key = nameof(options.Dimensions);
        foreach ((string name, string selector) in options.Dimensions)
        {
            yield return CheckDimension(name, selector, pattern) is { } broken
                ? new MetricFilterFault($"{Key}:{name}", selector, broken, InvalidDimension(selector)) : null;
        }

        int count = options.Dimensions.Count + options.EmitSystemFieldDimensions.Count;
        yield return count > ServiceLimits.PutMetricFilter.MaxDimensions
            ? new MetricFilterFault(
                Key, count, $"CloudWatch Logs: a filter has at most {ServiceLimits.PutMetricFilter.MaxDimensions} dimensions, those of "
                    + $"system fields included")
            : null;
    }

    private static string? InvalidDimension(string? selector) =>
        selector is not null && IsSelector(selector) && selector.Contains('*', StringComparison.Ordinal)
        ? "Invalid metric transformation: dimension value must be valid selector"
        : null;

    private static IEnumerable<MetricFilterFault?> CheckSystemFields(MetricFilterOptions options)
    {
        const string Key = nameof(options.EmitSystemFieldDimensions);
        for (int i = 0; i < options.EmitSystemFieldDimensions.Count; i++)
        {
            string field = options.EmitSystemFieldDimensions[i];
            yield return Fault(
                $"{Key}:{i}", field, CheckSystemField(options, field, isFirst: options.EmitSystemFieldDimensions.IndexOf(field) == i));
        }
    }

    private static string? CheckSystemField(MetricFilterOptions options, string field, bool isFirst)
    {
        if (!SystemFields.All.Contains(field, StringComparer.Ordinal) || !isFirst)
        {
            return $"CloudWatch Logs: a system field is one of {string.Join(", ", SystemFields.All)}, each once";
        }

        return field == SystemFields.SourceLog || options.Provision
            ? null : "only CloudWatch Logs knows this field, so Provision must be true";
    }

    private static string? CheckDimension(string name, string? selector, FilterPattern? pattern)
    {
        if (MetricRules.CheckDimension(new MetricDimension(name, "value")) is { } broken)
        {
            return $"CloudWatch: {broken}";
        }

        if (selector is null or { Length: 0 or > ServiceLimits.PutMetricFilter.MaxTextLength } || !IsSelector(selector))
        {
            return $"must be $.property or $field, with at most {ServiceLimits.PutMetricFilter.MaxTextLength} characters";
        }

        return CheckSelector(selector, pattern)
            ?? (pattern?.Uses(selector) == false ? "CloudWatch Logs: the pattern must use the selector of a dimension" : null);
    }

    private static string? CheckDefault(MetricFilterOptions options)
    {
        if (options.Default is not { } value)
        {
            return null;
        }

        if (!MetricRules.IsValidValue(value))
        {
            return "must be a number from -2^360 to 2^360";
        }

        return options.Dimensions.Count + options.EmitSystemFieldDimensions.Count > 0
            ? "CloudWatch Logs: a filter with dimensions must not have a default"
            : null;
    }

    private static string? CheckSample(MetricFilterOptions options)
    {
        if (options.Sample is < 1 or > MetricFilterOptions.MaxSample)
        {
            return string.Create(CultureInfo.InvariantCulture, $"must be from 1 to {MetricFilterOptions.MaxSample}");
        }

        return options.Discard && options.Sample > 1 ? "must be 1 when Discard is true" : null;
    }

    private static string? CheckProvision(MetricFilterOptions options) => options.Provision && (options.Discard || options.Sample > 1)
        ? "must be false when Discard or Sample is set, because CloudWatch Logs counts only events that are shipped to it"
        : null;

    private static string? CheckLogGroup(string? group) => LogRules.CheckLogGroup(group)
        ?? (IsFixed(group!) ? null : "must not use {date} or {category}, because a filter needs log groups with fixed names");
}
