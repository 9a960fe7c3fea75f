namespace CloudObserve.Benchmarks.Logs;

/// <summary>How the application logs.</summary>
public enum LogStyle
{
    /// <summary>A method that <c>[LoggerMessage]</c> generates.</summary>
    Generated,

    /// <summary>An extension method with a template and an array of values, which the call itself allocates and boxes.</summary>
    Template,
}
