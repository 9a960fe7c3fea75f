using CloudObserve.Filters;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The body of <c>PutMetricFilter</c> as it was read, before any rule but JSON's own has been checked.</summary>
internal sealed class PutMetricFilterBody
{
    internal string? LogGroupName { get; set; }

    internal string? FilterName { get; set; }

    /// <summary>Gets the pattern and the transformation.</summary>
    internal MetricFilterOptions Filter { get; } = new();

    /// <summary>Gets or sets how many transformations there were.</summary>
    internal int Transformations { get; set; }

    /// <summary>Gets or sets the unit as it was spelled, if it is none of CloudWatch's.</summary>
    internal string? UnknownUnit { get; set; }
}
