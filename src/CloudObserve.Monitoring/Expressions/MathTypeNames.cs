namespace CloudObserve.Monitoring.Expressions;

/// <summary>Names types for messages.</summary>
internal static class MathTypeNames
{
    /// <summary>Describes one type or a choice of types.</summary>
    internal static string Describe(MathType types) => types switch
    {
        MathType.Scalar => "a scalar",
        MathType.Series => "a time series",
        MathType.Array => "an array of time series",
        MathType.Series | MathType.Array => "a time series or an array of time series",
        MathType.Scalar | MathType.Series => "a scalar or a time series",
        _ => "a value",
    };
}
