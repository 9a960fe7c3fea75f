using System.Numerics;
using System.Text;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Searches for the texts that rules need before an event is read as JSON.</summary>
/// <remarks>
/// Most events match no filter, and a search is much faster than reading JSON. An event may contain the text in escaped form, so an event
/// with a backslash is always read.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class JsonLiterals
{
    // Each search passes over the event once more. So there are few, and each must be able to exclude a good part of the rules.
    private const int MaxSearches = 2;
    private const int WorthwhilePart = 8;

    private readonly Literal[] _literals;

    internal JsonLiterals(Dictionary<string, ulong> rulesByText, int ruleCount) => _literals =
    [
        .. rulesByText
            .Where(text => BitOperations.PopCount(text.Value) * WorthwhilePart >= ruleCount)
            .OrderByDescending(static text => BitOperations.PopCount(text.Value))
            .ThenByDescending(static text => text.Key.Length)
            .Take(MaxSearches)
            .Select(static text => new Literal(Encoding.UTF8.GetBytes(text.Key), text.Value)),
    ];

    /// <summary>Returns the rules that may still hold for an event.</summary>
    internal ulong Remaining(ReadOnlySpan<byte> utf8, ulong rules)
    {
        ulong remaining = rules;
        foreach (Literal literal in _literals)
        {
            if ((remaining & literal.Rules) != 0)
            {
                WorkMeter.Add(utf8.Length);
                remaining &= utf8.IndexOf(literal.Text) < 0 ? ~literal.Rules : ulong.MaxValue;
            }
        }

        return remaining == rules || !utf8.Contains((byte)'\\') ? remaining : rules;
    }

    // Represents a text that some rules need. Text: The text as it stands in an event without escapes. Rules: The mask of the rules.
    private readonly record struct Literal(byte[] Text, ulong Rules);
}
