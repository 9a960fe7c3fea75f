using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs;

/// <summary>How log events are captured, written and addressed: section <c>CloudObserve:Logs</c>.</summary>
/// <remarks>Which categories and levels are captured is the logging configuration's matter: <c>Logging:CloudObserve:LogLevel</c>.</remarks>
public sealed class LogsOptions
{
    /// <summary>Gets or sets the template of the log group's name.</summary>
    /// <value>The default is <c>/{application}/{environment}</c>.</value>
    /// <remarks>
    /// <c>{application}</c>, <c>{environment}</c>, <c>{host}</c>, <c>{instance}</c>, <c>{process}</c>, <c>{date}</c> (of the event, in UTC) and
    /// <c>{category}</c> stand for what they say. What CloudWatch does not allow in a name is replaced, and a name that holds a category begins with
    /// something fixed, so that what is logged cannot choose another group.
    /// </remarks>
    public string LogGroup { get; set; } = "/{application}/{environment}";

    /// <summary>Gets or sets the template of the log stream's name.</summary>
    /// <value>The default is <c>{instance}</c>, which is the same at each start.</value>
    public string LogStream { get; set; } = "{instance}";

    /// <summary>Gets or sets how many days CloudWatch keeps the events of a group that is created here.</summary>
    /// <value>One of the numbers that CloudWatch allows, from 1 to 3,653. The default is <see langword="null"/>: for ever.</value>
    public int? RetentionInDays { get; set; }

    /// <summary>Gets or sets the class of a group that is created here.</summary>
    /// <value><c>STANDARD</c>, <c>INFREQUENT_ACCESS</c> or <c>DELIVERY</c>. The default is <see langword="null"/>: CloudWatch's, which is standard.</value>
    public string? LogGroupClass { get; set; }

    /// <summary>Gets or sets the key that encrypts a group that is created here.</summary>
    /// <value>The ARN of a symmetric key. The default is <see langword="null"/>: none.</value>
    public string? KmsKeyId { get; set; }

    /// <summary>Gets the tags of a group that is created here.</summary>
    /// <value>Up to 50. The default is none.</value>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the rules by which events of some categories and levels go elsewhere. The first that fits decides.</summary>
    /// <value>The default is none.</value>
    public IList<LogRouteOptions> Routes { get; } = [];

    /// <summary>Gets or sets how events are written.</summary>
    /// <value>The default is <see cref="LogFormat.Json"/>.</value>
    /// <remarks>A formatter of your own (<see cref="CloudObserveBuilder.UseLogEventFormatter"/>) takes its place.</remarks>
    public LogFormat Format { get; set; }

    /// <summary>Gets or sets whether scopes are captured.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeScopes { get; set; } = true;

    /// <summary>Gets or sets how long an event may wait before it is sent.</summary>
    /// <value>100 milliseconds to 5 minutes. The default is 5 seconds.</value>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the level from which an event is sent at once, with all that waits before it.</summary>
    /// <value>The default is <see cref="LogLevel.None"/>: no event hurries.</value>
    public LogLevel FlushLevel { get; set; } = LogLevel.None;

    /// <summary>Gets or sets the memory in which events wait to be written, in bytes. It is taken at start, and rounded up to a power of two.</summary>
    /// <value>256 KiB to 1 GiB. The default is 8 MiB. One event may take a quarter of it.</value>
    public int BufferBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Gets or sets what happens to an event for which there is no room.</summary>
    /// <value>The default is <see cref="WhenFull.DropNewest"/>.</value>
    public WhenFull WhenFull { get; set; }

    /// <summary>Gets or sets how long the caller waits for room with <see cref="WhenFull.Wait"/>, before the event is dropped after all.</summary>
    /// <value>1 millisecond to 1 minute. The default is 1 second.</value>
    public TimeSpan WhenFullTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets what is taken out of events before they leave the process.</summary>
    public RedactionOptions Redaction { get; } = new();
}
