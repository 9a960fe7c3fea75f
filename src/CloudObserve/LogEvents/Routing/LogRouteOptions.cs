using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>Provides a rule that sends some of the events to a different log group or stream.</summary>
/// <remarks>The first matching rule decides.</remarks>
public sealed class LogRouteOptions
{
    /// <summary>Gets or sets the categories to which the rule applies.</summary>
    /// <value>
    /// The full name of a category, without regard to case; <c>*</c> matches any characters. The default is <c>*</c>: all categories.
    /// </value>
    public string Category { get; set; } = "*";

    /// <summary>Gets or sets the lowest level to which the rule applies.</summary>
    /// <value>The default is <see cref="LogLevel.Trace"/>: all levels.</value>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Trace;

    /// <summary>Gets or sets the log group, with the same placeholders as the group of all other events.</summary>
    /// <value>The default is <see langword="null"/>: the group of all other events.</value>
    public string? LogGroup { get; set; }

    /// <summary>Gets or sets the log stream, with the same placeholders as the stream of all other events.</summary>
    /// <value>The default is <see langword="null"/>: the stream of all other events.</value>
    public string? LogStream { get; set; }
}
