using Microsoft.Extensions.Logging;

namespace CloudObserve.Benchmarks.Logs;

/// <summary>A logging library, set up as its documentation advises, whose background work is done when the benchmark says so or when the library likes.</summary>
internal interface ILogPipeline : IDisposable
{
    /// <summary>Gets a logger that goes through the logging framework, as an application's does.</summary>
    ILogger Logger { get; }

    /// <summary>Gets how many events have come out at the other end.</summary>
    long Arrived { get; }

    /// <summary>Returns when everything logged so far has come out.</summary>
    void Drain();
}
