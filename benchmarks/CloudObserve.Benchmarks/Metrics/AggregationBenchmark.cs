using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>What the comparisons with OpenTelemetry share: the same tags for both, and both collected, or both left alone, meanwhile.</summary>
public abstract class AggregationBenchmark
{
    /// <summary>The name of the dimension or tag for the region; the same literal everywhere, as an application has it.</summary>
    protected const string Region = "Region";

    /// <summary>The name of the second dimension or tag.</summary>
    protected const string Tier = "Tier";

    /// <summary>The name of the third dimension or tag.</summary>
    protected const string Status = "Status";

    private BackgroundCollection? _collection;
    private protected TagSets Sets = null!;

    /// <summary>Gets or sets where tag values come from.</summary>
    [Params(TagSource.Literal, TagSource.Built)]
    public TagSource Tags { get; set; }

    /// <summary>Gets or sets a value indicating whether a collector drains every few milliseconds meanwhile.</summary>
    [Params(false, true)]
    public bool Collected { get; set; }

    /// <summary>Gets the meter that OpenTelemetry listens to.</summary>
    protected Meter Meter { get; private set; } = null!;

    /// <summary>Makes a meter of its own for each benchmark, so that no listener of another one hears it.</summary>
    protected void Begin()
    {
        Sets = new TagSets(Tags);
        Meter = new Meter($"Benchmarks.{GetType().Name}.{Guid.NewGuid():N}");
    }

    /// <summary>Starts to collect, if that was asked for.</summary>
    /// <param name="collect">What collects.</param>
    protected void CollectMeanwhile(Action collect) => _collection = Collected ? new BackgroundCollection(collect) : null;

    /// <summary>Stops collecting.</summary>
    protected void End()
    {
        _collection?.Dispose();
        Meter.Dispose();
    }
}
