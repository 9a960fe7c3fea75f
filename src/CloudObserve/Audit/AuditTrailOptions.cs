namespace CloudObserve.Audit;

/// <summary>Where the audit trail is kept and how: section <c>CloudObserve:AuditTrail</c>. It matters only when the trail is added (<c>WithAuditTrail</c>).</summary>
/// <remarks>What is redacted is set for logs and the trail together, under <c>CloudObserve:Logs:Redaction</c>.</remarks>
public sealed class AuditTrailOptions
{
    /// <summary>Gets or sets the directory of the trail. One process at a time writes to it.</summary>
    /// <value>A path; a relative one begins at the application's content root. The default is <c>audit</c>.</value>
    public string Directory { get; set; } = "audit";

    /// <summary>Gets or sets the name of the trail, which stands in the names of its digests.</summary>
    /// <value>3 to 128 letters, digits, dots, underscores and dashes, as CloudTrail has it. The default is <c>cloudobserve</c>.</value>
    public string TrailName { get; set; } = "cloudobserve";

    /// <summary>Gets or sets the account in whose name is recorded.</summary>
    /// <value>12 digits. The default is <c>000000000000</c>: no account.</value>
    public string AccountId { get; set; } = "000000000000";

    /// <summary>Gets or sets the region in whose name is recorded.</summary>
    /// <value>Small letters, digits and dashes. The default is <see langword="null"/>: what <c>AWS_REGION</c> or <c>AWS_DEFAULT_REGION</c> says, else <c>local</c>.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the source of events that name none.</summary>
    /// <value>1 to 256 letters, digits, dots, underscores and dashes. The default is <see langword="null"/>: the application's name in small letters.</value>
    public string? Source { get; set; }

    /// <summary>Gets or sets what must hold when a record is made without saying so.</summary>
    /// <value>The default is <see cref="AuditGuarantee.BeforeReturn"/>.</value>
    public AuditGuarantee Guarantee { get; set; }

    /// <summary>Gets or sets how many records may wait to be written before those of <see cref="AuditGuarantee.BestEffort"/> are lost. One whose caller waits is never refused for it.</summary>
    /// <value>16 to 1,000,000. The default is 10,000.</value>
    public int MaxWaitingRecords { get; set; } = 10_000;

    /// <summary>Gets or sets after how long the journal's records are sealed into a file.</summary>
    /// <value>1 minute to 1 hour. The default is 15 minutes.</value>
    public TimeSpan SealAfter { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets from how many bytes on, before compression, the journal's records are sealed into a file.</summary>
    /// <value>1 MiB to 50 MiB, which is CloudTrail's limit. The default is 50 MiB.</value>
    public int SealBytes { get; set; } = 50 * 1024 * 1024;

    /// <summary>Gets or sets how often a signed digest is written.</summary>
    /// <value>1 minute to 1 hour, which is CloudTrail's interval. The default is 1 hour.</value>
    public TimeSpan DigestInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how long sealed files and digests are kept here.</summary>
    /// <value>1 day to 3,653 days. The default is 90 days.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Gets or sets the PEM file with the RSA private key that signs digests.</summary>
    /// <value>
    /// A path. The default is <see langword="null"/>: the signer of <c>UseAuditSigner</c>, else a key of 2,048 bits that is made at the first start
    /// and kept in the trail's directory, readable by its owner only. Whoever can read that key can rewrite the trail.
    /// </value>
    public string? SigningKeyPath { get; set; }

    /// <summary>Gets or sets the name of the bucket that digests name.</summary>
    /// <value>3 to 63 small letters, digits, dots and dashes. The default is <c>local</c>.</value>
    public string Bucket { get; set; } = "local";

    /// <summary>Gets or sets what stands in front of the names of files in digests, and of their keys in the bucket.</summary>
    /// <value>Up to 200 characters. The default is <see langword="null"/>: nothing.</value>
    public string? KeyPrefix { get; set; }

    /// <summary>Gets or sets the log group that the records are shipped to besides, each as one event, to the letter.</summary>
    /// <value>A name, with the placeholders of log groups but <c>{date}</c> and <c>{category}</c>. The default is <see langword="null"/>: none.</value>
    /// <remarks>
    /// It should be a group of its own: whoever may change the application's logs should not be able to change these. Records are shipped behind the writer,
    /// in order and at least once; the ledger counts a record as delivered when it is on the disk. Everything that the trail still has is shipped, from its
    /// beginning. Files are not removed before their records are shipped.
    /// </remarks>
    public string? LogGroup { get; set; }

    /// <summary>Gets or sets the template of the log stream's name.</summary>
    /// <value>The default is <c>{instance}</c>. Processes that write trails of their own should write to streams of their own.</value>
    public string LogStream { get; set; } = "{instance}";

    /// <summary>Gets or sets how many days CloudWatch keeps the events, if the group is created here.</summary>
    /// <value>One of the numbers that CloudWatch allows, from 1 to 3,653. The default is <see langword="null"/>: for ever.</value>
    public int? LogRetentionInDays { get; set; }

    /// <summary>Gets or sets whether management events are kept that no selector is about.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeManagementEvents { get; set; } = true;

    /// <summary>Gets the selectors of the events to keep.</summary>
    /// <value>The default is none: every event is kept. With selectors for a category, its events are kept when one of them takes them.</value>
    public IList<AuditEventSelectorOptions> EventSelectors { get; } = [];

    /// <summary>Gets or sets whether unusual rates of management events and of errors are recorded, as CloudTrail Insights does.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <remarks>
    /// Each event is compared with itself over the seven days before, which are read from the trail in the background when it is opened. With less than a
    /// day of them nothing is unusual.
    /// </remarks>
    public bool DetectInsights { get; set; } = true;

    /// <summary>Gets or sets what is told of each insight, when it begins and when it is over.</summary>
    /// <value>The default is <see langword="null"/>: insights are only recorded.</value>
    /// <remarks>Set it in code. It is called in the background, within a minute or two. What it throws is reported and goes no further.</remarks>
    public Action<AuditInsight>? OnInsight { get; set; }

    /// <summary>Gets or sets whether the trail publishes metrics about itself: records, failures by error code, the time of writing, and the age of what is not delivered.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool PublishMetrics { get; set; } = true;
}
