using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>Sends a part of the events to a log group or stream of their own. Of several such rules the first that fits an event decides.</summary>
public sealed class LogRouteOptions
{
    /// <summary>Gets or sets the categories that the rule is for.</summary>
    /// <value>A category's whole name, case ignored; <c>*</c> stands for any run of characters. The default is <c>*</c>: all.</value>
    public string Category { get; set; } = "*";

    /// <summary>Gets or sets the lowest level that the rule is for.</summary>
    /// <value>The default is <see cref="LogLevel.Trace"/>: all.</value>
    public LogLevel MinimumLevel { get; set; } = LogLevel.Trace;

    /// <summary>Gets or sets the log group, with the same placeholders as the group of all other events.</summary>
    /// <value>The default is <see langword="null"/>: the same group.</value>
    public string? LogGroup { get; set; }

    /// <summary>Gets or sets the log stream, with the same placeholders as the stream of all other events.</summary>
    /// <value>The default is <see langword="null"/>: the same stream.</value>
    public string? LogStream { get; set; }
}
