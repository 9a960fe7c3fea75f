namespace CloudObserve.Logs;

/// <summary>
/// Provides the options for redacting log events before they leave the process: section <c>CloudObserve:Logs:Redaction</c>.
/// </summary>
/// <remarks>
/// <para>
/// Every event is searched for credentials: AWS access keys and secret keys, bearer tokens, Basic credentials, JSON Web Tokens, private
/// keys, passwords in URLs, signatures of presigned URLs, tokens of Azure, Docker, GitHub, GitLab, Google, npm, NuGet, OpenAI, PyPI,
/// SendGrid, Slack and Stripe, and the values of fields whose names indicate a secret. An event without a finding is not copied. An event
/// that is JSON stays valid JSON.
/// </para>
/// <para>
/// Other occurrences of a field's value in the same event are redacted too, because the value usually occurs in the message as well: values
/// of 4 characters or more as whole words, and values of 8 characters or more anywhere.
/// </para>
/// <para>
/// In an embedded metric document the metrics and dimensions keep their values, whatever their names. Credentials that are recognized by
/// their form are redacted even there, which may destroy the metric: credentials are never shipped.
/// </para>
/// </remarks>
public sealed class RedactionOptions
{
    /// <summary>Gets or sets whether redaction is enabled.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets whether e-mail addresses are redacted.</summary>
    /// <value>The default is <see langword="false"/>, because many applications search their events by e-mail address.</value>
    public bool Emails { get; set; }

    /// <summary>Gets or sets whether the numbers of payment cards are redacted.</summary>
    /// <value>
    /// The default is <see langword="false"/>, because about one in ten identifiers of 13 to 19 digits that begin like a card number has a
    /// valid checksum.
    /// </value>
    /// <remarks>
    /// A card number has 13 to 19 digits, possibly in groups separated by spaces or dashes, begins with 2 to 6, and has a valid Luhn
    /// checksum.
    /// </remarks>
    public bool CardNumbers { get; set; }

    /// <summary>
    /// Gets the names of fields whose whole value is redacted: in JSON, in JSON nested in strings, and in the form <c>name=value</c>.
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
    /// <para>
    /// Names are compared without regard to case. An underscore matches an underscore, a dash, or nothing: <c>api_key</c> also matches
    /// <c>ApiKey</c> and <c>api-key</c>. A leading <c>*</c> matches every name with this ending. In a name with dots, blanks or colons the
    /// last word counts. Digits at the end of a name are ignored.
    /// </para>
    /// <para>
    /// A member of a JSON object is redacted whatever its value, and so are the parts of records, connection strings, query strings,
    /// headers, XML and YAML. In sentences the shape of the value decides: after <c>token</c>, <c>pass</c> and <c>credentials</c>, and
    /// after a colon that more words follow, only a value of 6 characters or more with both letters and digits or punctuation is redacted.
    /// </para>
    /// <para>
    /// Never redacted are masks such as <c>***</c>, placeholders such as <c>{Password}</c> and <c>${PASSWORD}</c>, and values hashed by a
    /// redactor of Microsoft.Extensions.Compliance. Outside of JSON members, words for a state such as <c>expired</c> and code such as
    /// <c>GetToken()</c> are not redacted either.
    /// </para>
    /// </remarks>
    public IList<string> FieldNames { get; } =
    [
        "*password", "*passwd", "pwd", "*passphrase", "*secret", "*secret_key", "*secret_access_key", "*private_key", "*api_key",
        "token", "*access_token", "*refresh_token", "*id_token", "*session_token", "*security_token", "*auth_token",
        "authorization", "proxy_authorization", "cookie", "set_cookie",
        "pass", "*password_hash", "*credential", "*credentials", "*account_key", "*shared_access_key", "*amz_signature",
    ];

    /// <summary>Gets the regular expressions whose matches are redacted, by the name that is written in the marker.</summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// They run without backtracking, in time proportional to the text, and therefore do not support lookarounds and backreferences. In an
    /// event that is JSON they are applied to the unescaped value of each string, but not to numbers and field names. With the first
    /// pattern, every event is decoded and searched once more for each pattern. Measure before you use many, because this can cost more
    /// than writing the event.
    /// </remarks>
    public IDictionary<string, string> Patterns { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the key for replacing values by their hash.</summary>
    /// <value>16 characters or more. The default is <see langword="null"/>: no hash.</value>
    /// <remarks>
    /// Without a key a value is replaced by <c>[redacted:kind]</c>. With one it is replaced by <c>[redacted:kind:hash]</c>, where the hash
    /// is the first 16 hexadecimal digits of the value's HMAC-SHA256. So equal values can be recognized, but not read.
    /// </remarks>
    public string? HashKey { get; set; }
}
