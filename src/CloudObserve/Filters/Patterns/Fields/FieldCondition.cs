using CloudObserve.Filters.Patterns.Evaluation;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Represents the condition on one field.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldCondition
{
    private readonly ValueTest[] _tests;
    private readonly Decision _decision;

    // Nearly every condition is a single comparison, which needs no decision.
    private readonly ValueTest? _only;

    internal FieldCondition(Expression condition)
    {
        List<ValueTest> tests = [];
        _decision = Decision.Compile(condition, comparison =>
        {
            tests.Add(ValueTestCompiler.Compile(comparison));
            return tests.Count - 1;
        });
        _tests = [.. tests];
        _only = condition is Comparison ? _tests[0] : null;
    }

    internal bool Holds(ReadOnlySpan<byte> text)
    {
        Scalar value = new(FilterValueKind.Field, text);
        return _only is null ? Decide(value) : _only.Holds(ref value);
    }

    private bool Decide(Scalar value)
    {
        TestAnswers answers = new(_tests, value);
        return _decision.Holds(ref answers);
    }

    private ref struct TestAnswers(ValueTest[] tests, Scalar value) : IAnswers
    {
        private Scalar _value = value;

        public bool Holds(int test) => tests[test].Holds(ref _value);
    }
}
