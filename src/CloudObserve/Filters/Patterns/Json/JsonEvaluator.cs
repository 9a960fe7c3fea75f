using System.Buffers;
using System.Runtime.CompilerServices;
using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>
/// Evaluates JSON patterns: one pass over the event sets a bit for each comparison that holds, then each pattern decides over these bits.
/// </summary>
/// <remarks>The pass ends early when no pattern can match any more. Whether the rest is valid JSON makes no difference then.</remarks>
/// <param name="root">The root of the selector tree.</param>
/// <param name="propertyCount">The number of named properties.</param>
/// <param name="needs">For each bit, the rules that cannot hold without it.</param>
/// <param name="literals">The texts that rules need.</param>
/// <param name="rules">The patterns.</param>
/// <param name="slots">The captures of all patterns.</param>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class JsonEvaluator(JsonNode root, int propertyCount, ulong[] needs, JsonLiterals literals, JsonRule[] rules, int[] slots)
    : PatternEvaluator
{
    /// <summary>The number of rules above which the pass never ends early.</summary>
    internal const int MaxWatchedRules = 64;

    // In 64-bit words: enough for 4,096 comparisons and properties. Only a large set of patterns has more.
    private const int StackWords = 64;

    private readonly int _bitWords = (needs.Length + 63) >> 6;
    private readonly int _words = ((needs.Length + 63) >> 6) + ((propertyCount + 63) >> 6);
    private readonly ulong _watched = rules.Length > MaxWatchedRules ? ulong.MaxValue : ulong.MaxValue >> (MaxWatchedRules - rules.Length);
    private readonly ulong[] _needs = rules.Length > MaxWatchedRules ? new ulong[needs.Length] : needs;

    internal override void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        ulong mayHold = rules.Length > MaxWatchedRules ? _watched : literals.Remaining(utf8, _watched);
        if (mayHold != 0)
        {
            Read(utf8, matches, captures, mayHold);
        }
    }

    // A separate method, so that events that are rejected early do not pay for the stack memory of the pass.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Read(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures, ulong mayHold)
    {
        if (_words <= StackWords)
        {
            Read(utf8, matches, captures, mayHold, stackalloc ulong[_words]);
            return;
        }

        ulong[] rented = ArrayPool<ulong>.Shared.Rent(_words);
        Span<ulong> words = rented.AsSpan(0, _words);
        words.Clear();
        Read(utf8, matches, captures, mayHold, words);
        ArrayPool<ulong>.Shared.Return(rented);
    }

    private void Read(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures, ulong mayHold, Span<ulong> words)
    {
        JsonWalk walk = Walk(utf8, captures, mayHold, words);
        if (walk == JsonWalk.NoMatch || (walk == JsonWalk.Duplicate && !TryWalkWithoutDuplicates(utf8, captures, mayHold, words)))
        {
            return;
        }

        BitAnswers answers = new(words[.._bitWords]);
        foreach (JsonRule rule in rules)
        {
            if (rule.Decision.Holds(ref answers))
            {
                matches[rule.Pattern >> 6] |= 1UL << rule.Pattern;
            }
        }
    }

    private JsonWalk Walk(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures, ulong mayHold, Span<ulong> words) =>
        new JsonWalker(utf8, words[.._bitWords], words[_bitWords..], captures, _needs, mayHold).Walk(root);

    // The results of the first walk are cleared.
    private bool TryWalkWithoutDuplicates(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures, ulong mayHold, Span<ulong> words)
    {
        words.Clear();
        foreach (int slot in slots)
        {
            captures[slot] = default;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(utf8.Length);
        Span<byte> copy = rented.AsSpan(0, utf8.Length);
        utf8.CopyTo(copy);
        bool isComplete = JsonDuplicates.TryErase(utf8, copy) && Walk(copy, captures, mayHold, words) == JsonWalk.Complete;
        ArrayPool<byte>.Shared.Return(rented);
        return isComplete;
    }

    private readonly ref struct BitAnswers(ReadOnlySpan<ulong> bits) : IAnswers
    {
        private readonly ReadOnlySpan<ulong> _bits = bits;

        public bool Holds(int test) => (_bits[test >> 6] >> test & 1) != 0;
    }
}
