namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Represents a call of a function while an expression is evaluated.</summary>
/// <param name="program">The expression.</param>
/// <param name="instruction">The call.</param>
/// <param name="context">The data of the evaluation.</param>
/// <param name="operands">The arguments that are values.</param>
internal readonly struct MathCall(MathProgram program, MathInstruction instruction, MathContext context, ArraySegment<MathValue> operands)
{
    /// <summary>Gets the expression.</summary>
    internal MathProgram Program => program;

    /// <summary>Gets the call.</summary>
    internal MathInstruction Instruction => instruction;

    /// <summary>Gets the data of the evaluation.</summary>
    internal MathContext Context => context;

    /// <summary>Gets the number of arguments that are values.</summary>
    internal int Count => operands.Count;

    /// <summary>Gets an argument that is a value.</summary>
    internal MathValue this[int index] => operands[index];

    /// <summary>Gets the arguments that are keywords, texts and ids.</summary>
    internal IReadOnlyList<string> Literals => instruction.Literals;

    /// <summary>Creates the array for the result, which counts against the budget.</summary>
    internal double[] NewPoints(int count)
    {
        context.Budget.Take(count);
        return new double[count];
    }

    /// <summary>Returns an exception that names the position of the call.</summary>
    internal MathException Fault(string message) => new(instruction.Position, message);

    /// <summary>Applies a change to the first argument, or to each time series of it.</summary>
    internal MathValue Map(Func<MathCall, MetricSeries, double[]> change)
    {
        if (operands[0].Type == MathType.Series)
        {
            MetricSeries series = operands[0].Series;
            return MathValue.Of(series.With(change(this, series)));
        }

        MetricSeries[] array = operands[0].Array;
        MetricSeries[] result = new MetricSeries[array.Length];
        for (int i = 0; i < array.Length; i++)
        {
            result[i] = array[i].With(change(this, array[i]));
        }

        return MathValue.Of(result);
    }
}
