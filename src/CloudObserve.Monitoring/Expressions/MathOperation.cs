namespace CloudObserve.Monitoring.Expressions;

/// <summary>Specifies an operation of a compiled expression.</summary>
internal enum MathOperation
{
    /// <summary>Puts a number on the stack.</summary>
    Number = 0,

    /// <summary>Puts the value of a query on the stack.</summary>
    Reference,

    /// <summary>Makes an array of the topmost values.</summary>
    MakeArray,

    /// <summary>Changes the sign.</summary>
    Negate,

    /// <summary>Adds.</summary>
    Add,

    /// <summary>Subtracts.</summary>
    Subtract,

    /// <summary>Multiplies.</summary>
    Multiply,

    /// <summary>Divides.</summary>
    Divide,

    /// <summary>Raises to a power.</summary>
    Power,

    /// <summary>Compares by <c>==</c>.</summary>
    Equal,

    /// <summary>Compares by <c>!=</c>.</summary>
    NotEqual,

    /// <summary>Compares by <c>&lt;</c>.</summary>
    Less,

    /// <summary>Compares by <c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary>Compares by <c>&gt;</c>.</summary>
    Greater,

    /// <summary>Compares by <c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary>Combines by <c>AND</c>.</summary>
    And,

    /// <summary>Combines by <c>OR</c>.</summary>
    Or,

    /// <summary>Calls a function.</summary>
    Call,
}
