namespace CloudObserve.Metrics;

/// <summary>Options of one metric: section <c>CloudObserve:Metrics:PerMetric:{name}</c>.</summary>
public sealed class MetricOptions
{
    /// <summary>Gets or sets the unit of samples that are put without one.</summary>
    /// <value>The default is <see cref="MetricUnit.None"/>.</value>
    public MetricUnit Unit { get; set; }

    /// <summary>Gets or sets the storage resolution of the metric in CloudWatch.</summary>
    /// <value>The default is <see cref="StorageResolution.Standard"/>.</value>
    public StorageResolution Resolution { get; set; } = StorageResolution.Standard;

    /// <summary>
    /// Gets the smaller sets of dimensions under which each sample is also counted, each as dimension names separated by commas.
    /// </summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// An empty text stands for the set without dimensions.
    /// CloudWatch never aggregates over dimensions, so totals must be published. Each roll-up is a separate metric and is billed as one.
    /// Default dimensions are kept in roll-ups. A sample that lacks one of the named dimensions is not rolled up to that set. A
    /// dimension that no series of the metric has had within ten minutes of the first one is logged once. The ledger counts a sample once
    /// for every series it is sent in.
    /// </remarks>
    public IList<string> RollUps { get; } = [];

    /// <summary>Adds a smaller set of dimensions under which each sample is also counted.</summary>
    /// <param name="dimensionNames">The names of the dimensions to keep; none for the total over all.</param>
    /// <returns>These options.</returns>
    public MetricOptions RollUpTo(params IEnumerable<string> dimensionNames)
    {
        ArgumentNullException.ThrowIfNull(dimensionNames);
        RollUps.Add(string.Join(',', dimensionNames));
        return this;
    }
}
