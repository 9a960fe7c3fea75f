using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Represents a step of a compiled expression, which takes its operands from a stack and puts its result there.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Position">The zero-based position in the expression.</param>
internal sealed record MathInstruction(MathOperation Operation, int Position)
{
    /// <summary>Gets the number to put on the stack.</summary>
    internal double Number { get; init; }

    /// <summary>Gets the index of the query in <see cref="MathProgram.References"/>.</summary>
    internal int Reference { get; init; }

    /// <summary>Gets the number of values that the operation takes from the stack.</summary>
    internal int Operands { get; init; }

    /// <summary>Gets the function to call.</summary>
    internal MathFunction? Function { get; init; }

    /// <summary>Gets the arguments of the function that are no values: keywords, texts and ids, in their order.</summary>
    internal IReadOnlyList<string> Literals { get; init; } = [];

    /// <summary>Gets the index of the first of the instructions that compute the operands.</summary>
    internal int FirstOperand { get; init; }
}
