using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>Provides the options for capturing, writing and routing log events: section <c>CloudObserve:Logs</c>.</summary>
/// <remarks>The logging configuration decides which categories and levels are captured: <c>Logging:CloudObserve:LogLevel</c>.</remarks>
public sealed class LogsOptions
{
    /// <summary>Gets or sets the template of the log group's name.</summary>
    /// <value>The default is <c>/{application}/{environment}</c>.</value>
    /// <remarks>
    /// The placeholders are <c>{application}</c>, <c>{environment}</c>, <c>{host}</c>, <c>{instance}</c>, <c>{process}</c>, <c>{date}</c>
    /// (the event's date in UTC) and <c>{category}</c>. Characters that CloudWatch does not allow in a name are replaced. A name with a
    /// category must begin with fixed text, so that logged data cannot select another group.
    /// </remarks>
    public string LogGroup { get; set; } = "/{application}/{environment}";

    /// <summary>Gets or sets the template of the log stream's name.</summary>
    /// <value>The default is <c>{instance}</c>, which does not change when the application restarts.</value>
    public string LogStream { get; set; } = "{instance}";

    /// <summary>Gets or sets the retention in days of a group that the library creates.</summary>
    /// <value>
    /// One of the numbers that CloudWatch allows, from 1 to 3,653. The default is <see langword="null"/>: events never expire.
    /// </value>
    public int? RetentionInDays { get; set; }

    /// <summary>Gets or sets the class of a group that the library creates.</summary>
    /// <value>
    /// <c>STANDARD</c>, <c>INFREQUENT_ACCESS</c> or <c>DELIVERY</c>. The default is <see langword="null"/>: CloudWatch's default, which is
    /// standard.
    /// </value>
    public string? LogGroupClass { get; set; }

    /// <summary>Gets or sets the key that encrypts a group that the library creates.</summary>
    /// <value>The ARN of a symmetric key. The default is <see langword="null"/>: none.</value>
    public string? KmsKeyId { get; set; }

    /// <summary>Gets the tags of a group that the library creates.</summary>
    /// <value>Up to 50. The default is none.</value>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the rules that send events of some categories and levels elsewhere.</summary>
    /// <value>The default is none.</value>
    /// <remarks>The first matching rule decides.</remarks>
    public IList<LogRouteOptions> Routes { get; } = [];

    /// <summary>Gets or sets the format of events.</summary>
    /// <value>The default is <see cref="LogFormat.Json"/>.</value>
    /// <remarks>A formatter of the application (<see cref="CloudObserveBuilder.UseLogEventFormatter"/>) replaces it.</remarks>
    public LogFormat Format { get; set; }

    /// <summary>Gets or sets whether scopes are captured.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeScopes { get; set; } = true;

    /// <summary>Gets or sets the longest time for which an event waits before it is sent.</summary>
    /// <value>100 milliseconds to 5 minutes. The default is 5 seconds.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the level from which on an event is sent at once, together with all events before it.</summary>
    /// <value>The default is <see cref="LogLevel.None"/>: no event is sent early.</value>
    public LogLevel FlushLevel { get; set; } = LogLevel.None;

    /// <summary>Gets or sets the size in bytes of the memory for events that wait to be written.</summary>
    /// <value>256 KiB to 1 GiB. The default is 8 MiB. One event may use a quarter of it.</value>
    /// <remarks>It is allocated at start and rounded up to a power of two.</remarks>
    public int BufferBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Gets or sets the behaviour when the memory for events is full.</summary>
    /// <value>The default is <see cref="WhenFull.DropNewest"/>.</value>
    public WhenFull WhenFull { get; set; }

    /// <summary>
    /// Gets or sets the time for which the caller waits for room with <see cref="WhenFull.Wait"/> before the event is dropped.
    /// </summary>
    /// <value>1 millisecond to 1 minute. The default is 1 second.</value>
    public TimeSpan WhenFullTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the options for redacting confidential data before events leave the process.</summary>
    public RedactionOptions Redaction { get; } = new();
}
