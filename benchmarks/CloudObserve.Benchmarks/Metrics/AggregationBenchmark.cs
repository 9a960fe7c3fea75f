using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;

namespace CloudObserve.Benchmarks.Metrics;

/// <summary>
/// Provides the common part of comparisons with OpenTelemetry: the same tags, and the same collection in the background, for both.
/// </summary>
public abstract class AggregationBenchmark
{
    /// <summary>The name of the dimension or tag for the region.</summary>
    /// <remarks>It is the same literal everywhere, as in an application.</remarks>
    protected const string Region = "Region";

    /// <summary>The name of the second dimension or tag.</summary>
    protected const string Tier = "Tier";

    /// <summary>The name of the third dimension or tag.</summary>
    protected const string Status = "Status";

    private BackgroundCollection? _collection;
    private protected TagSets Sets = null!;

    /// <summary>Gets or sets the source of tag values.</summary>
    [Params(TagSource.Literal, TagSource.Built)]
    public TagSource Tags { get; set; }

    /// <summary>Gets or sets a value indicating whether a collector drains every few milliseconds during the measurement.</summary>
    [Params(false, true)]
    public bool Collected { get; set; }

    /// <summary>Gets the meter that OpenTelemetry listens to.</summary>
    protected Meter Meter { get; private set; } = null!;

    /// <summary>
    /// Creates a separate meter for each benchmark, so that listeners of other benchmarks do not receive its measurements.
    /// </summary>
    protected void Begin()
    {
        Sets = new TagSets(Tags);
        Meter = new Meter($"Benchmarks.{GetType().Name}.{Guid.NewGuid():N}");
    }

    /// <summary>Starts the background collection, if it was requested.</summary>
    /// <param name="collect">Collects once.</param>
    protected void CollectMeanwhile(Action collect) => _collection = Collected ? new BackgroundCollection(collect) : null;

    /// <summary>Stops the background collection.</summary>
    protected void End()
    {
        _collection?.Dispose();
        Meter.Dispose();
    }
}
