using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Checks the types in an expression before it is evaluated.</summary>
internal static class MathTypes
{
    /// <summary>Determines the type of the result.</summary>
    /// <param name="program">The expression.</param>
    /// <param name="symbols">The ids that the expression can use.</param>
    /// <exception cref="MathException">A query does not exist, or a value has the wrong type.</exception>
    internal static MathType Check(MathProgram program, IMathSymbols symbols)
    {
        List<MathType> stack = [];
        foreach (MathInstruction instruction in program.Instructions)
        {
            MathType[] operands = [.. stack.Skip(stack.Count - instruction.Operands)];
            stack.RemoveRange(stack.Count - instruction.Operands, instruction.Operands);
            stack.Add(ResultOf(program, instruction, operands, symbols));
        }

        CheckBands(program);
        return stack[0];
    }

    /// <summary>Returns the fault of an expression whose result is a scalar.</summary>
    internal static MathException IsScalar() =>
        new(
            0,
            "the result is a scalar, but it must be a time series or an array of time series; TIME_SERIES makes a time series of a scalar");

    private static MathType ResultOf(MathProgram program, MathInstruction instruction, MathType[] operands, IMathSymbols symbols) =>
        instruction.Operation switch
        {
            MathOperation.Number => MathType.Scalar,
            MathOperation.Reference => TypeOf(program.References[instruction.Reference], instruction, symbols),
            MathOperation.MakeArray => MakeArray(instruction, operands),
            MathOperation.Negate => operands[0],
            MathOperation.Call => Call(instruction, operands, symbols),
            _ => Combine(instruction, operands[0], operands[1]),
        };

    private static MathType TypeOf(string id, MathInstruction instruction, IMathSymbols symbols) =>
        symbols.TypeOf(id) is var type and not MathType.None
        ? type
        : throw new MathException(instruction.Position, $"there is no metric and no expression with the id '{id}'");

    private static MathType MakeArray(MathInstruction instruction, MathType[] operands) => operands.Contains(MathType.Scalar)
        ? throw new MathException(instruction.Position, "an array contains time series and arrays of time series, but no scalars")
        : MathType.Array;

    private static MathType Combine(MathInstruction instruction, MathType left, MathType right)
    {
        bool isArithmetic = instruction.Operation is >= MathOperation.Add and <= MathOperation.Power;
        if (left == MathType.Array && right == MathType.Array)
        {
            throw new MathException(instruction.Position, "the operator cannot combine two arrays of time series");
        }

        return !isArithmetic && (left == MathType.Array || right == MathType.Array)
            ? throw new MathException(
                instruction.Position, "the operator compares or combines scalars and time series, but not an array of time series")
            : (MathType)Math.Max((int)left, (int)right);
    }

    private static MathType Call(MathInstruction instruction, MathType[] operands, IMathSymbols symbols)
    {
        MathFunction function = instruction.Function!;
        int[] values = [.. Enumerable.Range(0, function.Parameters.Count).Where(i => function.Parameters[i].Types != MathType.None)];
        for (int i = 0; i < operands.Length; i++)
        {
            MathParameter parameter = function.Parameters[values[i]];
            if ((parameter.Types & operands[i]) == 0)
            {
                string given = MathTypeNames.Describe(operands[i]);
                throw new MathException(
                    instruction.Position,
                    $"the function {function.Name} takes {parameter.Describe()} as argument {values[i] + 1}, but not {given}");
            }
        }

        if (function.Conflict(operands) is { } conflict)
        {
            throw new MathException(instruction.Position, $"the function {function.Name} {conflict}");
        }

        function.CheckLiterals(instruction, symbols);
        return function.ResultType(operands);
    }

    // CloudWatch: an expression has one band, and not over METRICS or SEARCH.
    private static void CheckBands(MathProgram program)
    {
        MathInstruction[] bands = [.. program.Instructions.Where(static instruction => instruction.Function == SourceFunctions.Band)];
        if (bands.Length > 1)
        {
            throw new MathException(bands[1].Position, $"an expression can have only one {SourceFunctions.Band.Name}");
        }

        IReadOnlyList<MathInstruction> operands = bands.Length == 1 ? program.OperandsOf(bands[0]).Instructions : [];
        if (operands.FirstOrDefault(static i => i.Function == SourceFunctions.Metrics || i.Function == SourceFunctions.Search) is { } inner)
        {
            throw new MathException(inner.Position, $"{SourceFunctions.Band.Name} cannot be computed of {inner.Function!.Name}");
        }
    }
}
