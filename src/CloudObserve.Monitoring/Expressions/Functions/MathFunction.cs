namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Describes a function of metric math.</summary>
/// <param name="Name">The name.</param>
/// <param name="Required">The number of arguments that must be given.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="ResultType">The rule that determines the type of the result from the types of the arguments that are values.</param>
/// <param name="Evaluate">The function itself.</param>
internal sealed record MathFunction(
    string Name,
    int Required,
    IReadOnlyList<MathParameter> Parameters,
    Func<IReadOnlyList<MathType>, MathType> ResultType,
    Func<MathCall, MathValue> Evaluate)
{
    /// <summary>Gets the reason why the function is not supported.</summary>
    /// <value><see langword="null"/> if it is supported.</value>
    internal string? Refusal { get; private init; }

    /// <summary>Gets why arguments of these types, each of which is accepted, cannot be given together.</summary>
    internal Func<IReadOnlyList<MathType>, string?> Conflict { get; init; } = static _ => null;

    /// <summary>Gets the check of the keywords, texts and ids in a call, which throws a <see cref="MathException"/>.</summary>
    internal Action<MathInstruction, IMathSymbols> CheckLiterals { get; init; } = static (_, _) => { };

    /// <summary>Describes a function of CloudWatch that cannot work here.</summary>
    internal static MathFunction Refused(string name, string reason) =>
        new(name, 0, [], static _ => MathType.Series, static _ => throw new NotSupportedException()) { Refusal = reason };

    /// <summary>Describes the number of arguments for a message.</summary>
    internal string DescribeCount() => (Required, Parameters.Count) switch
    {
        (_, 0) => "no argument",
        (1, 1) => "one argument; several time series are given as an array in square brackets",
        var (min, max) when min == max => $"{max} arguments",
        var (min, max) => $"{min} to {max} arguments",
    };
}
