using System.Globalization;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Metrics;

namespace CloudObserve.Filters.Transformations;

/// <summary>Represents a metric filter that was created from valid options.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class MetricFilterDefinition
{
    private readonly string _signature;
    private readonly double _constant;
    private readonly bool _isConstant;
    private readonly bool _isTaken;

    private MetricFilterDefinition(string name, MetricFilterOptions options, IEnumerable<string> logGroups)
    {
        Name = name;
        Namespace = options.Namespace!;
        Metric = options.Metric!;
        Unit = options.Unit;
        Default = options.Default;
        Discard = options.Discard;
        Sample = options.Sample;
        Value = options.Value;
        Dimensions = [.. options.Dimensions.Keys];
        Selectors = [.. options.Dimensions.Values];
        SystemFields = [.. options.EmitSystemFieldDimensions];
        LogGroups = [.. logGroups];
        _isConstant = !MetricFilterRules.IsSelector(options.Value) && MetricFilterRules.TryParseNumber(options.Value, out _constant);
        FilterPattern pattern = FilterPattern.Parse(options.Pattern);
        HasNoValue = !_isConstant && pattern.LacksField(options.Value);
        _isTaken = !_isConstant && !HasNoValue;
        string[] value = _isTaken ? [options.Value] : [];
        Extractor = pattern.Select([.. value, .. options.Dimensions.Values]);
        _signature = SignatureOf(name, options);
        Options = options;
    }

    internal string Name { get; }

    internal string Namespace { get; }

    internal string Metric { get; }

    internal MetricUnit Unit { get; }

    /// <summary>Gets the unit in CloudWatch's spelling.</summary>
    internal string UnitName => MetricUnitNames.Of(Unit);

    internal double? Default { get; }

    /// <summary>Gets the options of the filter.</summary>
    /// <remarks>They do not change any more.</remarks>
    internal MetricFilterOptions Options { get; }

    /// <summary>Gets a value indicating whether events that have added to the metric are discarded.</summary>
    internal bool Discard { get; }

    /// <summary>Gets the number of events of which one is shipped.</summary>
    internal int Sample { get; }

    /// <summary>Gets the names of the dimensions.</summary>
    internal string[] Dimensions { get; }

    /// <summary>Gets the selector of each dimension's value.</summary>
    internal string[] Selectors { get; }

    /// <summary>Gets the system fields of CloudWatch Logs that are dimensions too.</summary>
    internal string[] SystemFields { get; }

    /// <summary>Gets a value indicating whether no event has a value, because the pattern has no such field.</summary>
    internal bool HasNoValue { get; }

    /// <summary>Gets the value as written: a number or a selector.</summary>
    internal string Value { get; }

    /// <summary>Gets the log groups whose events the filter sees; none means all.</summary>
    internal string[] LogGroups { get; }

    /// <summary>Gets the pattern with its selectors: the value unless it is constant, then the dimensions.</summary>
    internal FilterExtractor Extractor { get; }

    /// <summary>Creates a filter.</summary>
    /// <param name="name">The name of the filter.</param>
    /// <param name="options">The options, which <see cref="MetricFilterRules"/> has validated.</param>
    /// <param name="identity">The values of the placeholders in log group names.</param>
    internal static MetricFilterDefinition Create(string name, MetricFilterOptions options, LogIdentity identity) =>
        new(name, options, options.LogGroups.Select(group => LogTemplate.Parse(group, NameKind.LogGroup).Render(identity, "", default))
            .Distinct(StringComparer.Ordinal));

    /// <summary>Creates all filters of the options.</summary>
    internal static MetricFilterDefinition[] CreateAll(IDictionary<string, MetricFilterOptions> filters, LogIdentity identity) =>
        [.. filters.Select(filter => Create(filter.Key, filter.Value, identity))];

    /// <summary>Creates a filter for one log group with a known name.</summary>
    internal static MetricFilterDefinition Create(string name, MetricFilterOptions options, string logGroup) =>
        new(name, options, [logGroup]);

    /// <summary>Creates a copy of the filter for some log groups only.</summary>
    internal MetricFilterDefinition For(IEnumerable<string> logGroups) => new(Name, Options, logGroups);

    /// <summary>Returns whether another definition has the same settings.</summary>
    internal bool IsSameAs(MetricFilterDefinition other) => _signature == other._signature;

    /// <summary>Reads the value that an event adds.</summary>
    /// <returns><see langword="true"/> if the event has a value.</returns>
    internal bool TryGetValue(ReadOnlySpan<byte> text, ReadOnlySpan<FilterCapture> captures, out double value)
    {
        value = _constant;
        return _isConstant || (_isTaken && captures[0].TryGetNumber(text, out value));
    }

    /// <summary>Returns the captures of the dimensions.</summary>
    internal ReadOnlySpan<FilterCapture> DimensionsOf(ReadOnlySpan<FilterCapture> captures) =>
        captures[(_isTaken ? 1 : 0)..Extractor.Count];

    // The pattern comes last, because it is the only part that may contain a line feed.
    private static string SignatureOf(string name, MetricFilterOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}\n{options.Namespace}\n{options.Metric}\n{options.Value}\n{string.Join('\t', options.Dimensions)}\n{options.Default:R}\n{options.Unit}\n{string.Join('\t', options.LogGroups)}\n{string.Join('\t', options.EmitSystemFieldDimensions)}\n{options.Discard}\n{options.Sample}\n{options.Provision}\n{options.Pattern}");
}
