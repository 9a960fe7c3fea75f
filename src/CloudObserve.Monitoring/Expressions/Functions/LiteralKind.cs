namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Specifies the form of an argument that is not a value.</summary>
internal enum LiteralKind
{
    /// <summary>The argument is a value or a keyword.</summary>
    None = 0,

    /// <summary>A text in quotation marks.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>The id of a query.</summary>
    Id,
}
