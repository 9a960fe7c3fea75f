namespace CloudObserve.Metrics;

/// <summary>What is set for one metric: section <c>CloudObserve:Metrics:PerMetric:{name}</c>.</summary>
public sealed class MetricOptions
{
    /// <summary>Gets or sets the unit of samples that are put without one.</summary>
    /// <value>The default is <see cref="MetricUnit.None"/>.</value>
    public MetricUnit Unit { get; set; }

    /// <summary>Gets or sets how finely CloudWatch keeps the metric.</summary>
    /// <value>The default is <see cref="StorageResolution.Standard"/>.</value>
    public StorageResolution Resolution { get; set; } = StorageResolution.Standard;

    /// <summary>Gets the smaller sets of dimensions under which each sample is counted too, each written as names with commas between; an empty text means no dimension.</summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// CloudWatch never sums over dimensions, so totals must be published. Each roll-up is a metric of its own, billed as one. Default dimensions stay. A
    /// sample without one of the named dimensions is not rolled up to that set. Each sample counts in the ledger once for every series it is sent in.
    /// </remarks>
    public IList<string> RollUps { get; } = [];

    /// <summary>Counts each sample also under a smaller set of dimensions.</summary>
    /// <param name="dimensionNames">The names to keep; none for the total over all.</param>
    /// <returns>These options.</returns>
    public MetricOptions RollUpTo(params IEnumerable<string> dimensionNames)
    {
        ArgumentNullException.ThrowIfNull(dimensionNames);
        RollUps.Add(string.Join(',', dimensionNames));
        return this;
    }
}
