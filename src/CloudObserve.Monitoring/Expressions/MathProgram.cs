using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Represents a compiled expression: instructions for a machine with a stack, in the order in which they run.</summary>
/// <remarks>Running and checking it needs no recursion, whatever the expression is.</remarks>
/// <param name="Text">The expression.</param>
/// <param name="Instructions">The instructions.</param>
/// <param name="References">The ids of the queries that the expression uses, each once.</param>
/// <threadsafety>Immutable.</threadsafety>
internal sealed record MathProgram(string Text, IReadOnlyList<MathInstruction> Instructions, IReadOnlyList<string> References)
{
    /// <summary>CloudWatch: an expression has at most 2,048 characters.</summary>
    internal const int MaxLength = 2048;

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="MathException">The expression is invalid.</exception>
    internal static MathProgram Compile(string text) => new MathParser(text).Parse();

    /// <summary>Determines whether the expression calls a function.</summary>
    internal bool Calls(MathFunction function) => CountOf(function) > 0;

    /// <summary>Returns the number of calls of a function.</summary>
    internal int CountOf(MathFunction function) => Instructions.Count(instruction => instruction.Function == function);

    /// <summary>Returns the part of the program that computes the operands of an instruction.</summary>
    internal MathProgram OperandsOf(MathInstruction instruction)
    {
        int end = 0;
        while (!ReferenceEquals(Instructions[end], instruction))
        {
            end++;
        }

        return this with { Instructions = [.. Instructions.Skip(instruction.FirstOperand).Take(end - instruction.FirstOperand)] };
    }
}
