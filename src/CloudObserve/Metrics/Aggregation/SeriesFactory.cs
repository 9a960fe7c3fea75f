using CloudObserve.Contracts;
using CloudObserve.Delivery;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Creates the published form of a series: applies default dimensions and configuration, and checks CloudWatch's rules.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class SeriesFactory
{
    /// <summary>The dimension value of the series that collects everything over the cardinality budget.</summary>
    internal const string Other = "(other)";

    /// <summary>The message about series over the budget.</summary>
    internal const string Folding =
        $"The number of series has reached MaxSeriesPerMetric or MaxSeries; further series are counted together under '{Other}'.";

    private readonly MetricDimension[] _defaults;
    private readonly Dictionary<string, MetricOptions> _perMetric;
    private readonly bool _isEmbedded;

    internal SeriesFactory(MetricsOptions options)
    {
        _defaults = [.. options.DefaultDimensions.Select(d => new MetricDimension(d.Key, d.Value))];
        _perMetric = new Dictionary<string, MetricOptions>(options.PerMetric, StringComparer.Ordinal);
        _isEmbedded = options.EmbeddedMetricFormat is not null;
    }

    /// <summary>Checks a series as a caller names it. Allocates only if a rule is broken.</summary>
    internal Refusal? Check(in SeriesProbe probe)
    {
        if (MetricRules.CheckName(probe.Name) is { } brokenName)
        {
            return new Refusal(MetricLossReasons.InvalidName, brokenName);
        }

        if (!MetricUnitNames.IsDefined(probe.Unit))
        {
            return new Refusal(MetricLossReasons.InvalidName, $"The unit {(int)probe.Unit} is not one of CloudWatch's 27 units");
        }

        if (MetricRules.CheckDimensions(probe.Dimensions) is { } brokenDimension)
        {
            return new Refusal(MetricLossReasons.InvalidDimension, brokenDimension);
        }

        return probe.Dimensions.Length + CountDefaults(probe.Dimensions) > ServiceLimits.PutMetricData.MaxDimensions
            ? new Refusal(MetricLossReasons.InvalidDimension,
                $"With the default ones, the dimensions are more than {ServiceLimits.PutMetricData.MaxDimensions}")
            : CheckFormat(probe);
    }

    internal SeriesIdentity Create(in SeriesProbe probe) => Create(probe, probe.Dimensions.ToArray());

    /// <summary>
    /// Creates the series for samples over the budget: the same dimension names, with every value replaced by <see cref="Other"/>.
    /// </summary>
    internal SeriesIdentity CreateOther(in SeriesProbe probe) =>
        Create(probe, [.. probe.Dimensions.ToArray().Select(d => d with { Value = Other })]);

    /// <summary>Creates the series for samples over the budget from a complete identity.</summary>
    internal static SeriesIdentity CreateOther(SeriesIdentity identity) =>
        new(identity.Namespace, identity.Name, identity.Unit, identity.Resolution, identity.Dimensions.Select(d => d with
        {
            Value = Other,
        }));

    /// <summary>Creates the series with fewer dimensions under which the samples of a series are also counted.</summary>
    internal IEnumerable<SeriesIdentity> CreateRollUps(SeriesIdentity identity)
    {
        if (!_perMetric.TryGetValue(identity.Name, out MetricOptions? options))
        {
            yield break;
        }

        HashSet<SeriesIdentity> seen = [identity];
        foreach (string rollUp in options.RollUps)
        {
            string[] names = RollUpNames.NamesOf(rollUp);
            MetricDimension[] kept = [.. identity.Dimensions.Where(d => names.Contains(d.Name) || IsDefault(d.Name))];
            SeriesIdentity smaller = new(identity.Namespace, identity.Name, identity.Unit, identity.Resolution, kept);
            if (names.All(name => identity.Dimensions.Any(d => d.Name == name)) && seen.Add(smaller))
            {
                yield return smaller;
            }
        }
    }

    private Refusal? CheckFormat(in SeriesProbe probe)
    {
        if (!_isEmbedded)
        {
            return null;
        }

        if ((EmbeddedMetricRules.CheckName(probe.Name, probe.Dimensions)
            ?? EmbeddedMetricRules.CheckName(probe.Name, _defaults)) is { } brokenName)
        {
            return new Refusal(MetricLossReasons.InvalidName, brokenName);
        }

        return EmbeddedMetricRules.CheckDimensions(probe.Dimensions) is { } brokenDimension
            ? new Refusal(MetricLossReasons.InvalidDimension, brokenDimension)
            : null;
    }

    private static bool Has(ReadOnlySpan<MetricDimension> dimensions, string name)
    {
        foreach (MetricDimension dimension in dimensions)
        {
            if (dimension.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private SeriesIdentity Create(in SeriesProbe probe, MetricDimension[] given)
    {
        _ = _perMetric.TryGetValue(probe.Name, out MetricOptions? options);
        MetricUnit unit = probe.Unit == MetricUnit.None ? options?.Unit ?? MetricUnit.None : probe.Unit;
        IEnumerable<MetricDimension> all = given.Concat(_defaults.Where(d => !Has(given, d.Name)));
        return new SeriesIdentity(probe.Namespace, probe.Name, unit, options?.Resolution ?? StorageResolution.Standard, all);
    }

    private int CountDefaults(ReadOnlySpan<MetricDimension> given)
    {
        int count = 0;
        foreach (MetricDimension dimension in _defaults)
        {
            count += Has(given, dimension.Name) ? 0 : 1;
        }

        return count;
    }

    private bool IsDefault(string name) => Has(_defaults, name);
}
