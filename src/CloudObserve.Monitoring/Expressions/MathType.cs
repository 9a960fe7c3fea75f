namespace CloudObserve.Monitoring.Expressions;

/// <summary>Specifies the type of a value in an expression.</summary>
[Flags]
internal enum MathType
{
    /// <summary>No value.</summary>
    None = 0,

    /// <summary>A number.</summary>
    Scalar = 1,

    /// <summary>A time series.</summary>
    Series = 2,

    /// <summary>An array of time series.</summary>
    Array = 4,
}
