namespace CloudObserve.LogEvents.Routing;

/// <summary>Specifies whether a template is the name of a group or of a stream.</summary>
internal enum NameKind
{
    /// <summary>A log group: 1 to 512 ASCII letters, digits and <c>. - _ / #</c>; it must not begin with <c>aws/</c>.</summary>
    LogGroup,

    /// <summary>A log stream: 1 to 512 characters except colons and asterisks.</summary>
    LogStream,
}
