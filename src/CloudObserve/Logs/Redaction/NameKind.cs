namespace CloudObserve.Logs.Redaction;

/// <summary>Tells how much the name of a field says about its value.</summary>
internal enum NameKind
{
    /// <summary>Nothing: it is no name of a secret.</summary>
    None,

    /// <summary>It names a secret wherever it stands.</summary>
    Secret,

    /// <summary>It names a secret as a field, and in text often something else: the token of a parser, or how many tokens were used.</summary>
    Token,

    /// <summary>It is a word of everyday text: tests pass, and credentials are missing.</summary>
    Everyday,

    /// <summary>It is a header whose value has parts with blanks between.</summary>
    Header,
}
