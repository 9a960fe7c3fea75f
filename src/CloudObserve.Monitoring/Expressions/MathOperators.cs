namespace CloudObserve.Monitoring.Expressions;

/// <summary>Applies operators to scalars, time series and arrays of time series.</summary>
/// <remarks>
/// CloudWatch: of two time series, a missing datapoint counts as 0 if the other series has a datapoint at that time. A result that is not a
/// finite number, such as that of a division by zero, is no datapoint.
/// </remarks>
internal static class MathOperators
{
    /// <summary>Applies a binary operator.</summary>
    /// <exception cref="MathException">The budget is used up.</exception>
    internal static MathValue Apply(MathOperation operation, MathValue left, MathValue right, MathBudget budget) => operation switch
    {
        MathOperation.Add => Combine<Add>(left, right, budget),
        MathOperation.Subtract => Combine<Subtract>(left, right, budget),
        MathOperation.Multiply => Combine<Multiply>(left, right, budget),
        MathOperation.Divide => Combine<Divide>(left, right, budget),
        MathOperation.Power => Combine<Power>(left, right, budget),
        MathOperation.Equal => Combine<Equal>(left, right, budget),
        MathOperation.NotEqual => Combine<NotEqual>(left, right, budget),
        MathOperation.Less => Combine<Less>(left, right, budget),
        MathOperation.LessOrEqual => Combine<LessOrEqual>(left, right, budget),
        MathOperation.Greater => Combine<Greater>(left, right, budget),
        MathOperation.GreaterOrEqual => Combine<GreaterOrEqual>(left, right, budget),
        MathOperation.And => Combine<And>(left, right, budget),
        _ => Combine<Or>(left, right, budget),
    };

    /// <summary>Changes the sign.</summary>
    internal static MathValue Negate(MathValue value, MathBudget budget) => Combine<Multiply>(MathValue.Of(-1), value, budget);

    private static MathValue Combine<T>(MathValue left, MathValue right, MathBudget budget)
        where T : IOperator
    {
        if (left.Type == MathType.Array)
        {
            return MathValue.Of(Array.ConvertAll(left.Array, series => Labeled(Series<T>(MathValue.Of(series), right, budget), series)));
        }

        if (right.Type == MathType.Array)
        {
            return MathValue.Of(Array.ConvertAll(right.Array, series => Labeled(Series<T>(left, MathValue.Of(series), budget), series)));
        }

        return left.Type == MathType.Scalar && right.Type == MathType.Scalar
            ? MathValue.Of(Scalars<T>(left.Scalar, right.Scalar))
            : MathValue.Of(Series<T>(left, right, budget));
    }

    // An element of an array keeps its label.
    private static MetricSeries Labeled(MetricSeries result, MetricSeries element) =>
        new(result.Grid, result.Points, element.Label, element.Source);

    private static MetricSeries Series<T>(MathValue left, MathValue right, MathBudget budget)
        where T : IOperator
    {
        if (left.Type == MathType.Series && right.Type == MathType.Series)
        {
            return Pairs<T>(left.Series, right.Series, budget);
        }

        MetricSeries series = left.Type == MathType.Series ? left.Series : right.Series;
        budget.Take(series.Points.Length);
        double[] points = new double[series.Points.Length];
        bool isLeft = left.Type == MathType.Series;
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = isLeft ? Scalars<T>(series.Points[i], right.Scalar) : Scalars<T>(left.Scalar, series.Points[i]);
        }

        return series.With(points);
    }

    private static MetricSeries Pairs<T>(MetricSeries left, MetricSeries right, MathBudget budget)
        where T : IOperator
    {
        TimeGrid grid = TimeGrid.Union(left.Grid, right.Grid);
        budget.Take(grid.Count);
        double[] lefts = Functions.Operand.PointsOn(left, grid);
        double[] rights = Functions.Operand.PointsOn(right, grid);
        double[] points = new double[grid.Count];
        for (int i = 0; i < points.Length; i++)
        {
            bool hasLeft = !double.IsNaN(lefts[i]);
            bool hasRight = !double.IsNaN(rights[i]);
            points[i] = hasLeft || hasRight ? Finite(T.Apply(hasLeft ? lefts[i] : 0, hasRight ? rights[i] : 0)) : double.NaN;
        }

        return new MetricSeries(grid, points, "", null);
    }

    // A missing operand makes the result missing.
    private static double Scalars<T>(double left, double right)
        where T : IOperator => double.IsNaN(left) || double.IsNaN(right) ? double.NaN : Finite(T.Apply(left, right));

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;

    private static double Truth(bool value) => value ? 1 : 0;

    private interface IOperator
    {
        static abstract double Apply(double left, double right);
    }

    private readonly struct Add : IOperator
    {
        public static double Apply(double left, double right) => left + right;
    }

    private readonly struct Subtract : IOperator
    {
        public static double Apply(double left, double right) => left - right;
    }

    private readonly struct Multiply : IOperator
    {
        public static double Apply(double left, double right) => left * right;
    }

    private readonly struct Divide : IOperator
    {
        public static double Apply(double left, double right) => left / right;
    }

    private readonly struct Power : IOperator
    {
        public static double Apply(double left, double right) => Math.Pow(left, right);
    }

    private readonly struct Equal : IOperator
    {
        public static double Apply(double left, double right) => Truth(left == right);
    }

    private readonly struct NotEqual : IOperator
    {
        public static double Apply(double left, double right) => Truth(left != right);
    }

    private readonly struct Less : IOperator
    {
        public static double Apply(double left, double right) => Truth(left < right);
    }

    private readonly struct LessOrEqual : IOperator
    {
        public static double Apply(double left, double right) => Truth(left <= right);
    }

    private readonly struct Greater : IOperator
    {
        public static double Apply(double left, double right) => Truth(left > right);
    }

    private readonly struct GreaterOrEqual : IOperator
    {
        public static double Apply(double left, double right) => Truth(left >= right);
    }

    private readonly struct And : IOperator
    {
        public static double Apply(double left, double right) => Truth(left != 0 && right != 0);
    }

    private readonly struct Or : IOperator
    {
        public static double Apply(double left, double right) => Truth(left != 0 || right != 0);
    }
}
