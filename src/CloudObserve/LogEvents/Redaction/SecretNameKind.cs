namespace CloudObserve.LogEvents.Redaction;

/// <summary>Specifies how certain the name of a field makes it that its value is secret.</summary>
internal enum SecretNameKind
{
    /// <summary>It is not the name of a secret.</summary>
    None,

    /// <summary>It always names a secret.</summary>
    Secret,

    /// <summary>
    /// As a field it names a secret, but in text it often means something else: the token of a parser, or a number of tokens.
    /// </summary>
    Token,

    /// <summary>It is a common word: tests pass, and credentials are missing.</summary>
    Everyday,

    /// <summary>It is a header whose value has several parts separated by blanks.</summary>
    Header,
}
