namespace CloudObserve.Monitoring;

/// <summary>Options of the monitoring: configuration section <c>CloudObserve:Monitoring</c>.</summary>
/// <remarks>
/// Alarms stand in <c>CloudObserve:Monitoring:Alarms:{name}</c> with the members of <c>PutMetricAlarm</c> or <c>PutCompositeAlarm</c>, and
/// mute rules in <c>CloudObserve:Monitoring:MuteRules:{name}</c> with those of <c>PutAlarmMuteRule</c>. Topics stand in
/// <c>CloudObserve:Monitoring:Topics:{name}</c>. All of them can change while the application runs. The options here are read once, at
/// start.
/// </remarks>
public sealed class MonitoringOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string SectionName = "CloudObserve:Monitoring";

    /// <summary>Gets or sets the region in the ARNs of alarms and topics.</summary>
    /// <value>The default is <c>us-east-1</c>.</value>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Gets or sets the account in the ARNs of alarms and topics.</summary>
    /// <value>12 digits. The default is <c>000000000000</c>, the account of the embedded CloudWatch.</value>
    public string AccountId { get; set; } = "000000000000";

    /// <summary>Gets or sets the maximum memory for the history of alarms, in bytes.</summary>
    /// <value>64 KiB to 1 GiB. The default is 16 MiB.</value>
    /// <remarks>If it is exceeded, the oldest entries are dropped. Entries older than 30 days are dropped in any case.</remarks>
    public long MaxHistoryBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Gets or sets the maximum time that a notification handler may take.</summary>
    /// <value>100 milliseconds to 10 minutes. The default is 30 seconds.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets a value indicating whether the alarms are put into CloudWatch, which then evaluates them instead of this
    /// process.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// This happens in the background: at start, after definitions change, and again after failures. An alarm that is not in CloudWatch is
    /// evaluated in this process. The region and the credentials are those of <see cref="AwsOptions"/>.
    /// </remarks>
    public bool Provision { get; set; }

    /// <summary>Gets or sets the maximum time that evaluations wait at start until the alarms are in CloudWatch.</summary>
    /// <value>0 to 10 minutes. The default is 30 seconds.</value>
    /// <remarks>The start of the application does not wait. After this time, alarms are evaluated in this process until CloudWatch has
    /// them.</remarks>
    public TimeSpan ProvisionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets a value indicating whether alarms are deleted in CloudWatch that this application put there and does not put
    /// any more.</summary>
    /// <value>The default is <see langword="false"/>: they are logged.</value>
    public bool DeleteRemovedAlarms { get; set; }

    /// <summary>Gets the faults of values that cannot be read, which the validation reports.</summary>
    internal IList<string> Unreadable { get; } = [];
}
