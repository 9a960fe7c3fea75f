namespace CloudObserve.Monitoring.Expressions;

/// <summary>Specifies the kind of a token of an expression.</summary>
internal enum MathTokenKind
{
    /// <summary>The end of the expression.</summary>
    End = 0,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An id, a function, or a keyword.</summary>
    Name,

    /// <summary>A text in quotation marks.</summary>
    Text,

    /// <summary>A bracket, a comma or an operator.</summary>
    Symbol,
}
