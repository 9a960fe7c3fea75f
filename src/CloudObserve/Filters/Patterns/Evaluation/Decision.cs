using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Represents a condition as a sequence of tests, each with a next step for either answer.</summary>
/// <remarks>It evaluates with short circuits and without a tree.</remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class Decision
{
    internal const int Match = -1;
    internal const int NoMatch = -2;

    private readonly Step[] _steps;
    private readonly int _first;

    private Decision(Step[] steps, int first)
    {
        _steps = steps;
        _first = first;
    }

    /// <summary>Compiles a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="test">
    /// Returns the number of a comparison. For a comparison that must not hold it returns the complement (<c>~</c>) of the number.
    /// </param>
    internal static Decision Compile(Expression condition, Func<Comparison, int> test)
    {
        List<Step> steps = [];
        int first = Add(condition, Match, NoMatch);
        return new Decision([.. steps], first);

        // Compiled from back to front, because a step contains the indexes of the steps that follow it.
        int Add(Expression expression, int ifTrue, int ifFalse)
        {
            switch (expression)
            {
                case AllOf all:
                    return all.Parts.Reverse().Aggregate(ifTrue, (next, part) => Add(part, next, ifFalse));
                case AnyOf any:
                    return any.Parts.Reverse().Aggregate(ifFalse, (next, part) => Add(part, ifTrue, next));
                default:
                    int number = test((Comparison)expression);
                    steps.Add(number < 0 ? new Step(~number, ifFalse, ifTrue) : new Step(number, ifTrue, ifFalse));
                    return steps.Count - 1;
            }
        }
    }

    /// <summary>Runs tests until the result is known.</summary>
    internal bool Holds<TAnswers>(ref TAnswers answers)
        where TAnswers : struct, IAnswers, allows ref struct
    {
        int next = _first;
        while (next >= 0)
        {
            Step step = _steps[next];
            next = answers.Holds(step.Test) ? step.IfTrue : step.IfFalse;
        }

        return next == Match;
    }

    // Represents one test of a decision and the next step for each answer. Test: The number of the comparison. IfTrue: The next step, or
    // Decision.Match or Decision.NoMatch. IfFalse: The next step if the comparison does not hold, with the same special values.
    private readonly record struct Step(int Test, int IfTrue, int IfFalse);
}
