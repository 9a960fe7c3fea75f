namespace CloudObserve.Monitoring.Expressions.Selections;

/// <summary>Specifies a function of Metrics Insights.</summary>
internal enum SelectFunction
{
    /// <summary><c>AVG</c>.</summary>
    Avg = 0,

    /// <summary><c>COUNT</c>.</summary>
    Count,

    /// <summary><c>MAX</c>.</summary>
    Max,

    /// <summary><c>MIN</c>.</summary>
    Min,

    /// <summary><c>SUM</c>.</summary>
    Sum,
}
