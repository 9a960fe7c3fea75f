namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Lists the kinds of constant arguments of an aggregate function.</summary>
internal enum AggregateParameter
{
    /// <summary>None: the function takes one value.</summary>
    None,

    /// <summary>A number of at most 100 behind the value.</summary>
    Percent,

    /// <summary>A period behind the value.</summary>
    Period,
}
