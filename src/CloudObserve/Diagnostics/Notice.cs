using Microsoft.Extensions.Logging;

namespace CloudObserve.Diagnostics;

/// <summary>A message of one signal, which defines its own log messages.</summary>
/// <param name="Kind">The name of the log event.</param>
/// <param name="Signal">The signal.</param>
/// <param name="Reason">The cause in one word; may be empty.</param>
/// <param name="Message">The text for the latest errors.</param>
/// <param name="Category">The category of the log message.</param>
/// <param name="Log">Writes the log message. It is called later, on the thread pool.</param>
internal sealed record Notice(string Kind, string Signal, string Reason, string Message, string Category, Action<ILogger> Log)
{
    /// <summary>Gets a value indicating whether the message appears among the latest errors. The default is
    /// <see langword="true"/>.</summary>
    internal bool IsError { get; init; } = true;
}
