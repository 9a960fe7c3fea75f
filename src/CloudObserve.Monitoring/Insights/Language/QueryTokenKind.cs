namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Lists the kinds of tokens of a query.</summary>
internal enum QueryTokenKind
{
    /// <summary>The end of the query.</summary>
    End,

    /// <summary>A keyword, a function or the name of a field.</summary>
    Name,

    /// <summary>A name between backticks, which is no keyword.</summary>
    QuotedName,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text between quotation marks.</summary>
    Text,

    /// <summary>A regular expression between slashes.</summary>
    Regex,

    /// <summary>An operator, a bracket or a separator.</summary>
    Symbol,
}
