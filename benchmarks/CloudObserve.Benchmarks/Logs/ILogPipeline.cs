using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>Represents a logging library that is set up as its documentation recommends.</summary>
/// <remarks>Its background work runs on request or at any time, depending on the library.</remarks>
internal interface ILogPipeline : IDisposable
{
    /// <summary>Gets a logger of the logging framework, as an application uses it.</summary>
    ILogger Logger { get; }

    /// <summary>Gets the number of events that have been delivered.</summary>
    long Arrived { get; }

    /// <summary>Returns when all events logged so far have been delivered.</summary>
    void Drain();
}
