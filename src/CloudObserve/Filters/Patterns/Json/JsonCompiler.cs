using CloudObserve.Filters.Patterns.Evaluation;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Compiles the comparisons of many JSON patterns into one tree of selectors.</summary>
internal sealed class JsonCompiler
{
    private readonly JsonTree _tree = new();
    private readonly List<JsonRule> _rules = [];
    private readonly List<int> _slots = [];

    // For each bit, the rules that cannot hold without it, as a mask over the first 64 rules.
    private readonly Dictionary<int, ulong> _needs = [];

    // The same for the texts that such rules need.
    private readonly Dictionary<string, ulong> _texts = [];

    // Equal comparisons in several patterns share one bit.
    private readonly Dictionary<Comparison, int> _bits = [];

    internal void Add(int pattern, JsonSyntax syntax, PatternQuery query, int firstCapture)
    {
        if (_rules.Count < JsonEvaluator.MaxWatchedRules)
        {
            NoteNeeds(syntax.Condition);
            NoteTexts(syntax.Condition);
        }

        _rules.Add(new JsonRule(pattern, Decision.Compile(syntax.Condition, Bit)));
        foreach (CaptureSyntax capture in query.Captures)
        {
            _slots.Add(firstCapture);
            _tree.At(((PropertyCapture)capture).Path).Captures.Add(firstCapture++);
        }
    }

    internal JsonEvaluator Build()
    {
        JsonTreeCompiler compiler = new();
        JsonNode root = compiler.Compile(_tree);
        ulong[] needs = [.. Enumerable.Range(0, _bits.Count).Select(bit => _needs.GetValueOrDefault(bit))];
        return new JsonEvaluator(root, compiler.PropertyCount, needs, new JsonLiterals(_texts, _rules.Count), [.. _rules], [.. _slots]);
    }

    // Only a property that occurs at most once in an event proves, when its value fails the comparison, that no other value can fulfil it.
    private void NoteNeeds(Expression condition)
    {
        foreach (Expression part in condition is AllOf all ? all.Parts : [condition])
        {
            if (part is AllOf)
            {
                NoteNeeds(part);
            }
            else if (part is Comparison { Operator: not ComparisonOperator.NotExists, Path.Wildcards: 0 } comparison)
            {
                int bit = Bit(comparison);
                _needs[bit] = _needs.GetValueOrDefault(bit) | (1UL << _rules.Count);
            }
        }
    }

    private void NoteTexts(Expression condition)
    {
        foreach (string text in RequiredTexts.Of(condition))
        {
            _texts[text] = _texts.GetValueOrDefault(text) | (1UL << _rules.Count);
        }
    }

    private int Bit(Comparison comparison)
    {
        bool isPresence = comparison.Operator == ComparisonOperator.NotExists;
        if (!_bits.TryGetValue(comparison, out int bit))
        {
            bit = _bits.Count;
            _bits[comparison] = bit;
            JsonTree place = _tree.At(comparison.Path!);
            if (isPresence)
            {
                place.Presence.Add(bit);
            }
            else
            {
                place.Tests.Add(new JsonNodeTest(ValueTestCompiler.Compile(comparison), bit));
                place.Nulls.AddRange(comparison.Operator == ComparisonOperator.IsNull ? [bit] : []);
            }
        }

        // The bit means that the property exists.
        return isPresence ? ~bit : bit;
    }
}
