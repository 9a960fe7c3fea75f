using System.Buffers;
using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Evaluates JSON patterns: one pass over the event for all of them, then a decision each over the bits it has left.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class JsonEvaluator(JsonNode root, int bitCount, JsonRule[] rules) : PatternEvaluator
{
    // 4,096 comparisons; more than that only a large set of patterns has.
    private const int StackWords = 64;

    private readonly int _words = (bitCount + 63) >> 6;

    internal override void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        if (_words <= StackWords)
        {
            Match(utf8, matches, captures, stackalloc ulong[_words]);
            return;
        }

        ulong[] rented = ArrayPool<ulong>.Shared.Rent(_words);
        Span<ulong> bits = rented.AsSpan(0, _words);
        bits.Clear();
        Match(utf8, matches, captures, bits);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    private void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures, Span<ulong> bits)
    {
        if (!new JsonWalker(utf8, bits, captures).TryWalk(root))
        {
            return;
        }

        BitAnswers answers = new(bits);
        foreach (JsonRule rule in rules)
        {
            if (rule.Decision.Holds(ref answers))
            {
                matches[rule.Pattern >> 6] |= 1UL << rule.Pattern;
            }
        }
    }

    private readonly ref struct BitAnswers(ReadOnlySpan<ulong> bits) : IAnswers
    {
        private readonly ReadOnlySpan<ulong> _bits = bits;

        public bool Holds(int test) => (_bits[test >> 6] >> test & 1) != 0;
    }
}
