using CloudObserve.Filters.Patterns.Evaluation;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Lays the comparisons of many JSON patterns out over one tree of selectors.</summary>
internal sealed class JsonCompiler
{
    private readonly JsonTree _tree = new();
    private readonly List<JsonRule> _rules = [];

    // Patterns that ask the same share the answer.
    private readonly Dictionary<(Comparison Comparison, FilterTyping Typing), int> _bits = [];

    internal void Add(int pattern, JsonSyntax syntax, PatternQuery query, int firstCapture)
    {
        _rules.Add(new JsonRule(pattern, Decision.Compile(syntax.Condition, comparison => Bit(comparison, query.Typing))));
        foreach (CaptureSyntax capture in query.Captures)
        {
            _tree.At(((PropertyCapture)capture).Path).Captures.Add(firstCapture++);
        }
    }

    internal JsonEvaluator Build() => new(JsonTreeCompiler.Compile(_tree), _bits.Count, [.. _rules]);

    private int Bit(Comparison comparison, FilterTyping typing)
    {
        bool isPresence = comparison.Operator == ComparisonOperator.NotExists;
        if (!_bits.TryGetValue((comparison, typing), out int bit))
        {
            bit = _bits.Count;
            _bits[(comparison, typing)] = bit;
            JsonTree place = _tree.At(comparison.Path!);
            if (isPresence)
            {
                place.Presence.Add(bit);
            }
            else
            {
                place.Tests.Add(new JsonNodeTest(ValueTestCompiler.Compile(comparison, typing), bit));
            }
        }

        // The bit says that the property is there.
        return isPresence ? ~bit : bit;
    }
}
