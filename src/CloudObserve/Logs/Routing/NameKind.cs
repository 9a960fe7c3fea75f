namespace CloudObserve.Logs.Routing;

/// <summary>What a template makes the name of.</summary>
internal enum NameKind
{
    /// <summary>A log group: 1 to 512 of <c>. - _ / #</c>, letters and digits of ASCII, not beginning with <c>aws/</c>.</summary>
    LogGroup,

    /// <summary>A log stream: 1 to 512 characters, neither a colon nor an asterisk.</summary>
    LogStream,
}
