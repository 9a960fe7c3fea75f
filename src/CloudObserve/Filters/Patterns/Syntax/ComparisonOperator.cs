namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Specifies how a value is compared.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    IsNull,
    IsTrue,
    IsFalse,
    NotExists,
}
