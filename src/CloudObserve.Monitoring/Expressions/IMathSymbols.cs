namespace CloudObserve.Monitoring.Expressions;

/// <summary>Tells which ids an expression can use.</summary>
internal interface IMathSymbols
{
    /// <summary>Returns the type of a query's result; <see cref="MathType.None"/> if there is no query with the id.</summary>
    MathType TypeOf(string id);

    /// <summary>Determines whether a query reads a metric, and is not an expression.</summary>
    bool IsMetric(string id);
}
