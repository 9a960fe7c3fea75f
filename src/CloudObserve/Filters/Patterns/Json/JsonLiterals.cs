using System.Numerics;
using System.Text;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Texts without which rules cannot hold, searched for before an event is read: few events are what a filter looks for, and a search
/// costs a fraction of reading JSON.</summary>
/// <remarks>A text may stand in the event escaped, so an event with a backslash is always read.</remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class JsonLiterals
{
    // Each search goes over the event once more, so there are few, and each has to be able to rule out a good part of the rules.
    private const int MaxSearches = 2;
    private const int WorthwhilePart = 8;

    private readonly JsonLiteral[] _literals;

    internal JsonLiterals(Dictionary<string, ulong> rulesByText, int ruleCount) => _literals =
    [
        .. rulesByText
            .Where(text => BitOperations.PopCount(text.Value) * WorthwhilePart >= ruleCount)
            .OrderByDescending(static text => BitOperations.PopCount(text.Value))
            .ThenByDescending(static text => text.Key.Length)
            .Take(MaxSearches)
            .Select(static text => new JsonLiteral(Encoding.UTF8.GetBytes(text.Key), text.Value)),
    ];

    /// <summary>Gives those of the rules that may hold for an event.</summary>
    internal ulong Remaining(ReadOnlySpan<byte> utf8, ulong rules)
    {
        ulong remaining = rules;
        foreach (JsonLiteral literal in _literals)
        {
            if ((remaining & literal.Rules) != 0)
            {
                WorkMeter.Add(utf8.Length);
                remaining &= utf8.IndexOf(literal.Text) < 0 ? ~literal.Rules : ulong.MaxValue;
            }
        }

        return remaining == rules || !utf8.Contains((byte)'\\') ? remaining : rules;
    }
}
