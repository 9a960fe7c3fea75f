namespace CloudObserve.Logs;

/// <summary>What is taken out of log events before they leave the process: section <c>CloudObserve:Logs:Redaction</c>.</summary>
/// <remarks>
/// Credentials are looked for in every event: AWS access keys and secret keys, bearer tokens, credentials of the scheme Basic, JSON Web Tokens,
/// private keys, passwords in addresses, signatures of presigned addresses, tokens of Azure, Docker, GitHub, GitLab, Google, npm, NuGet, OpenAI,
/// PyPI, SendGrid, Slack and Stripe, and the values of fields with a telling name. An event in which nothing is found is not copied. An event that is JSON is valid JSON afterwards.
/// <para>
/// A field's value is also taken out where else it appears in the same event, for it is usually in the message too: whole words of 4
/// characters or more, and anywhere from 8 characters on.
/// </para>
/// <para>
/// In a document of CloudWatch's embedded metric format the metrics and dimensions keep their values whatever they are called. What is found by
/// its form is taken out even there, which may cost the metric: credentials are never shipped.
/// </para>
/// </remarks>
public sealed class RedactionOptions
{
    /// <summary>Gets or sets whether anything is redacted.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets whether e-mail addresses are redacted.</summary>
    /// <value>The default is <see langword="false"/>: many applications look their events up by them.</value>
    public bool Emails { get; set; }

    /// <summary>Gets or sets whether the numbers of payment cards are redacted.</summary>
    /// <value>
    /// The default is <see langword="false"/>: about one in ten identifiers of 13 to 19 digits that begin like a card's passes its
    /// checksum.
    /// </value>
    /// <remarks>
    /// Found are 13 to 19 digits, also in groups with spaces or dashes, that begin with 2 to 6 and whose Luhn checksum is right.
    /// </remarks>
    public bool CardNumbers { get; set; }

    /// <summary>
    /// Gets the names of fields whose whole value is redacted: in JSON, also when it is quoted inside a string, and in the form
    /// <c>name=value</c>.
    /// </summary>
    /// <value>
    /// The default is <c>*password</c>, <c>*passwd</c>, <c>pwd</c>, <c>*passphrase</c>, <c>*secret</c>, <c>*secret_key</c>,
    /// <c>*secret_access_key</c>, <c>*private_key</c>, <c>*api_key</c>, <c>token</c>, <c>*access_token</c>, <c>*refresh_token</c>,
    /// <c>*id_token</c>, <c>*session_token</c>, <c>*security_token</c>, <c>*auth_token</c>, <c>authorization</c>,
    /// <c>proxy_authorization</c>, <c>cookie</c>, <c>set_cookie</c>, <c>pass</c>, <c>*password_hash</c>, <c>*credential</c>,
    /// <c>*credentials</c>, <c>*account_key</c>, <c>*shared_access_key</c> and <c>*amz_signature</c>. Names from configuration are added to
    /// these.
    /// </value>
    /// <remarks>
    /// Case does not matter, and an underscore stands for an underscore, a dash, or nothing: <c>api_key</c> is also <c>ApiKey</c> and <c>api-key</c>.
    /// With <c>*</c> in front, every name that ends so. In a name with dots, blanks or colons the last word counts. Digits behind a name do not matter.
    /// <para>
    /// A member of JSON is redacted whatever its value; so are the parts of records, connection strings, query strings, headers, XML and YAML. In
    /// sentences the shape of the value decides: behind <c>token</c>, <c>pass</c> and <c>credentials</c>, and behind a colon that more words follow,
    /// a value must have 6 characters or more, with both letters and digits or signs. Never redacted are masks such as <c>***</c>, places of templates
    /// such as <c>{Password}</c> and <c>${PASSWORD}</c>, what a redactor of Microsoft.Extensions.Compliance has hashed, and, outside of JSON's
    /// members, words for a state such as <c>expired</c>, and code such as <c>GetToken()</c>.
    /// </para>
    /// </remarks>
    public IList<string> FieldNames { get; } =
    [
        "*password", "*passwd", "pwd", "*passphrase", "*secret", "*secret_key", "*secret_access_key", "*private_key", "*api_key",
        "token", "*access_token", "*refresh_token", "*id_token", "*session_token", "*security_token", "*auth_token",
        "authorization", "proxy_authorization", "cookie", "set_cookie",
        "pass", "*password_hash", "*credential", "*credentials", "*account_key", "*shared_access_key", "*amz_signature",
    ];

    /// <summary>Gets regular expressions whose matches are redacted, each under a name that stands in the marker.</summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// They run without backtracking, in time proportional to the text, and therefore know neither lookarounds nor backreferences. In an
    /// event that is JSON they see the value of each string, without its escapes; numbers and the names of fields they do not see. With the
    /// first pattern every event is decoded and searched once more for each pattern: measure before using many, this can cost more than
    /// writing the event.
    /// </remarks>
    public IDictionary<string, string> Patterns { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the key for replacing values by their hash.</summary>
    /// <value>16 characters or more. The default is <see langword="null"/>: no hash.</value>
    /// <remarks>
    /// Without a key a value is replaced by <c>[redacted:kind]</c>. With one it is replaced by <c>[redacted:kind:hash]</c>, where the hash
    /// is the first 16 hexadecimal digits of the value's HMAC-SHA256: equal values can be told from others, but not be read.
    /// </remarks>
    public string? HashKey { get; set; }
}
