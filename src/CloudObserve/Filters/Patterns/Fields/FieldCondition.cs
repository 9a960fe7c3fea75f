using CloudObserve.Filters.Patterns.Evaluation;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>What one field must fulfil.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldCondition
{
    private readonly ValueTest[] _tests;
    private readonly Decision _decision;

    internal FieldCondition(Expression condition)
    {
        List<ValueTest> tests = [];
        _decision = Decision.Compile(condition, comparison =>
        {
            // A field has no type, so there is nothing to be strict about.
            tests.Add(ValueTestCompiler.Compile(comparison, FilterTyping.Strict));
            return tests.Count - 1;
        });
        _tests = [.. tests];
    }

    internal bool Holds(ReadOnlySpan<byte> text)
    {
        TestAnswers answers = new(_tests, new Scalar(FilterValueKind.Field, text));
        return _decision.Holds(ref answers);
    }

    private ref struct TestAnswers(ValueTest[] tests, Scalar value) : IAnswers
    {
        private Scalar _value = value;

        public bool Holds(int test) => tests[test].Holds(ref _value);
    }
}
