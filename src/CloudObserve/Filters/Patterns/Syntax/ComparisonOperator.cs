namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>How a value is compared.</summary>
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
