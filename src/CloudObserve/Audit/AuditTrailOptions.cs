namespace CloudObserve.Audit;

/// <summary>Provides the options of the audit trail: section <c>CloudObserve:AuditTrail</c>.</summary>
/// <remarks>
/// They have an effect only if the trail is added (<c>WithAuditTrail</c>). Redaction is configured for logs and the trail together, under
/// <c>CloudObserve:Logs:Redaction</c>.
/// </remarks>
public sealed class AuditTrailOptions
{
    /// <summary>Gets or sets the directory of the trail.</summary>
    /// <value>A path; a relative one is relative to the application's content root. The default is <c>audit</c>.</value>
    /// <remarks>Only one process at a time can write to it.</remarks>
    public string Directory { get; set; } = "audit";

    /// <summary>Gets or sets the name of the trail, which is part of the names of its digests.</summary>
    /// <value>3 to 128 letters, digits, dots, underscores and dashes, as in CloudTrail. The default is <c>cloudobserve</c>.</value>
    public string TrailName { get; set; } = "cloudobserve";

    /// <summary>Gets or sets the account that owns the records.</summary>
    /// <value>12 digits. The default is <c>000000000000</c>: no account.</value>
    public string AccountId { get; set; } = "000000000000";

    /// <summary>Gets or sets the region of the records.</summary>
    /// <value>
    /// Small letters, digits and dashes. The default is <see langword="null"/>: the value of <c>AWS_REGION</c> or
    /// <c>AWS_DEFAULT_REGION</c>, else <c>local</c>.
    /// </value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the source of events that specify none.</summary>
    /// <value>
    /// 1 to 256 letters, digits, dots, underscores and dashes. The default is <see langword="null"/>: the application's name in small
    /// letters.
    /// </value>
    public string? Source { get; set; }

    /// <summary>Gets or sets the guarantee for events that specify none.</summary>
    /// <value>The default is <see cref="AuditGuarantee.BeforeReturn"/>.</value>
    public AuditGuarantee Guarantee { get; set; }

    /// <summary>
    /// Gets or sets the number of records that may wait to be written before <see cref="AuditGuarantee.BestEffort"/> records are lost.
    /// </summary>
    /// <value>16 to 1,000,000. The default is 10,000.</value>
    /// <remarks>Records whose caller waits are never refused for this reason.</remarks>
    public int MaxWaitingRecords { get; set; } = 10_000;

    /// <summary>Gets or sets the time after which the journal's records are sealed into a file.</summary>
    /// <value>1 minute to 1 hour. The default is 15 minutes.</value>
    public TimeSpan SealAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets the size in bytes, before compression, at which the journal's records are sealed into a file.</summary>
    /// <value>1 MiB to 50 MiB, which is CloudTrail's limit. The default is 50 MiB.</value>
    public int SealBytes { get; set; } = 50 * 1024 * 1024;

    /// <summary>Gets or sets the interval of signed digests.</summary>
    /// <value>1 minute to 1 hour, which is CloudTrail's interval. The default is 1 hour.</value>
    public TimeSpan DigestInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets the retention of sealed files and digests in the directory.</summary>
    /// <value>1 day to 3,653 days. The default is 90 days.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets the PEM file with the RSA private key that signs digests.</summary>
    /// <value>
    /// A path. The default is <see langword="null"/>: the signer of <c>UseAuditSigner</c>, else a 2,048-bit key that is created at the
    /// first start in the trail's directory and is readable by its owner only. Anyone who can read that key can rewrite the trail.
    /// </value>
    public string? SigningKeyPath { get; set; }

    /// <summary>Gets or sets the name of the bucket in digests.</summary>
    /// <value>3 to 63 small letters, digits, dots and dashes. The default is <c>local</c>.</value>
    public string Bucket { get; set; } = "local";

    /// <summary>Gets or sets the prefix of file names in digests, and of their keys in the bucket.</summary>
    /// <value>Up to 200 characters. The default is <see langword="null"/>: no prefix.</value>
    public string? KeyPrefix { get; set; }

    /// <summary>Gets or sets the log group to which the records are also shipped, each unchanged as one event.</summary>
    /// <value>
    /// A name, with the placeholders of log groups except <c>{date}</c> and <c>{category}</c>. The default is <see langword="null"/>: none.
    /// </value>
    /// <remarks>
    /// Use a separate group: users who may change the application's logs should not be able to change audit records. Records are shipped in
    /// order and at least once, after they have been written to disk. The ledger counts a record as delivered when it is on disk. All
    /// records that the trail contains are shipped, from its beginning. Files are not removed before their records are shipped.
    /// </remarks>
    public string? LogGroup { get; set; }

    /// <summary>Gets or sets the template of the log stream's name.</summary>
    /// <value>The default is <c>{instance}</c>. Processes with separate trails should use separate streams.</value>
    public string LogStream { get; set; } = "{instance}";

    /// <summary>Gets or sets the retention in days of the events in CloudWatch, if the library creates the group.</summary>
    /// <value>
    /// One of the numbers that CloudWatch allows, from 1 to 3,653. The default is <see langword="null"/>: events never expire.
    /// </value>
    public int? LogRetentionInDays { get; set; }

    /// <summary>Gets or sets whether management events are kept when no selector has their category.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeManagementEvents { get; set; } = true;

    /// <summary>Gets the selectors of the events to keep.</summary>
    /// <value>
    /// The default is none: all events are kept. If there are selectors for a category, an event of this category is kept when one of them
    /// matches it.
    /// </value>
    public IList<AuditEventSelectorOptions> EventSelectors { get; } = [];

    /// <summary>Gets or sets whether unusual rates of management events and errors are recorded, as CloudTrail Insights does.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <remarks>
    /// Each rate is compared with the same rate in the seven days before. These are read from the trail in the background when it is
    /// opened. With less than a day of history, no rate is unusual.
    /// </remarks>
    public bool DetectInsights { get; set; } = true;

    /// <summary>Gets or sets the callback that receives each insight when it begins and when it ends.</summary>
    /// <value>The default is <see langword="null"/>: insights are only recorded.</value>
    /// <remarks>
    /// It can be set in code only. It is called in the background, within one or two minutes. An exception is reported and has no other
    /// effect.
    /// </remarks>
    public Action<AuditInsight>? OnInsight { get; set; }

    /// <summary>
    /// Gets or sets whether the trail publishes metrics about itself: records, failures by error code, the time of writing, and the age of
    /// undelivered records.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool PublishMetrics { get; set; } = true;
}
