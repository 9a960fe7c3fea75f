using CloudObserve.Filters;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>The body of <c>PutMetricFilter</c> as read, checked as JSON only.</summary>
internal sealed class PutMetricFilterBody
{
    internal string? LogGroupName { get; set; }

    internal string? FilterName { get; set; }

    /// <summary>Gets or sets the criteria that select events by their system fields.</summary>
    internal string? FieldSelectionCriteria { get; set; }

    /// <summary>Gets the pattern and the transformation.</summary>
    internal MetricFilterOptions Filter { get; } = new();

    /// <summary>Gets or sets the number of transformations.</summary>
    internal int Transformations { get; set; }

    /// <summary>Gets or sets the unit as given, if it is not one of CloudWatch's units.</summary>
    internal string? UnknownUnit { get; set; }
}
