using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Evaluates compiled expressions.</summary>
internal static class MathEvaluator
{
    /// <summary>Evaluates an expression whose types have been checked.</summary>
    /// <exception cref="MathException">The expression cannot be evaluated with the data, or computes too many points.</exception>
    internal static MathValue Evaluate(MathProgram program, MathContext context)
    {
        MathValue[] stack = new MathValue[program.Instructions.Count];
        int depth = 0;
        for (int i = 0; i < program.Instructions.Count; i++)
        {
            MathInstruction instruction = program.Instructions[i];
            depth -= instruction.Operands;
            MathValue result = Run(program, instruction, context, new ArraySegment<MathValue>(stack, depth, instruction.Operands));

            // Arrays of arrays of the same time series grow without computing a point.
            context.Budget.Take(result.Type == MathType.Array ? result.Array.Length : 0);
            stack[depth] = result;
            depth++;
        }

        return stack[0];
    }

    private static MathValue Run(MathProgram program, MathInstruction instruction, MathContext context, ArraySegment<MathValue> operands) =>
        instruction.Operation switch
        {
            MathOperation.Number => MathValue.Of(instruction.Number),
            MathOperation.Reference => context.ValueOf(program.References[instruction.Reference]),
            MathOperation.MakeArray => MakeArray(operands),
            MathOperation.Negate => MathOperators.Negate(operands[0], context.Budget),
            MathOperation.Call => instruction.Function!.Evaluate(new MathCall(program, instruction, context, operands)),
            _ => MathOperators.Apply(instruction.Operation, operands[0], operands[1], context.Budget),
        };

    private static MathValue MakeArray(ArraySegment<MathValue> operands)
    {
        List<MetricSeries> array = [];
        foreach (MathValue operand in operands)
        {
            if (operand.Type == MathType.Series)
            {
                array.Add(operand.Series);
            }
            else
            {
                array.AddRange(operand.Array);
            }
        }

        return MathValue.Of([.. array]);
    }
}
