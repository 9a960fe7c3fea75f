using System.Diagnostics.CodeAnalysis;
using CloudObserve.Monitoring.Anomalies;
using CloudObserve.Monitoring.Expressions;

namespace CloudObserve.Monitoring;

/// <summary>Represents an expression in the metric math of CloudWatch, such as <c>100 * errors / requests</c>.</summary>
/// <remarks>
/// <see cref="MetricQueries"/> evaluates expressions on stored metrics. This class evaluates one on given time series, without a store:
/// <c>SEARCH</c> is refused, and the model of <c>ANOMALY_DETECTION_BAND</c> knows only the datapoints that are given.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
public sealed class MetricMath
{
    private readonly MathProgram _program;

    private MetricMath(MathProgram program, MathType type)
    {
        _program = program;
        MakesArray = type == MathType.Array;
    }

    /// <summary>Gets the expression.</summary>
    public string Text => _program.Text;

    /// <summary>Gets the ids that the expression uses, each once, in the order of their first use.</summary>
    public IReadOnlyList<string> Ids => _program.References;

    /// <summary>Gets a value indicating whether the result is an array of time series, and not a single one.</summary>
    public bool MakesArray { get; }

    /// <summary>Parses an expression.</summary>
    /// <param name="expression">The expression: 1 to 2,048 characters.</param>
    /// <returns>The parsed expression.</returns>
    /// <exception cref="FormatException">The expression is invalid. The message shows the position.</exception>
    public static MetricMath Parse(string expression) =>
        TryParse(expression, out MetricMath? math, out MetricMathError? error) ? math : throw new FormatException(error.ToString());

    /// <summary>Parses an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="math">The parsed expression, or <see langword="null"/> if it is invalid.</param>
    /// <param name="error">The reason why the expression is invalid, or <see langword="null"/> if it is valid.</param>
    /// <returns><see langword="true"/> if the expression is valid.</returns>
    public static bool TryParse(
        string expression, [NotNullWhen(true)] out MetricMath? math, [NotNullWhen(false)] out MetricMathError? error)
    {
        ArgumentNullException.ThrowIfNull(expression);
        try
        {
            MathProgram program = MathProgram.Compile(expression);
            MathType type = GivenSeries.Check(program, static _ => true);
            (math, error) = (new MetricMath(program, type), null);
            return true;
        }
        catch (MathException exception)
        {
            (math, error) = (null, new MetricMathError(expression, exception.Position, exception.Message));
            return false;
        }
    }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="metrics">The time series by id. <c>METRICS()</c> returns all of them, in this order.</param>
    /// <param name="result">The time series of the result: one, unless the expression makes an array; or <see langword="null"/> after an
    /// error.</param>
    /// <param name="error">The reason why the expression cannot be evaluated, or <see langword="null"/>: an id has no time series, or the
    /// result has too many datapoints.</param>
    /// <returns><see langword="true"/> if the expression was evaluated.</returns>
    public bool TryEvaluate(
        IReadOnlyList<KeyValuePair<string, MetricSeries>> metrics,
        [NotNullWhen(true)] out IReadOnlyList<MetricSeries>? result,
        [NotNullWhen(false)] out MetricMathError? error)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        try
        {
            GivenSeries given = new(metrics, AnomalyBands.OfGivenSeries);
            _ = GivenSeries.Check(_program, given.Has);
            MathValue value = MathEvaluator.Evaluate(_program, given);
            (result, error) = (value.Type == MathType.Array ? value.Array : [value.Series], null);
            return true;
        }
        catch (MathException exception)
        {
            (result, error) = (null, new MetricMathError(Text, exception.Position, exception.Message));
            return false;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
