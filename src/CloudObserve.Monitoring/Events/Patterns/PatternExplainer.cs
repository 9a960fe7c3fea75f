using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Says in words why an event does not match a pattern.</summary>
internal static class PatternExplainer
{
    private const int MaxValues = 3;
    private const int MaxValueBytes = 60;

    /// <summary>Explains an event that has been read and does not match.</summary>
    internal static string Explain(EventMatcher matcher, MatchState state, ReadOnlySpan<byte> utf8)
    {
        // Of several alternatives, the one with the most matching fields is the nearest.
        Alternative nearest = matcher.Alternatives.MaxBy(a => a.Conditions.Count(c => Holds(c, state)))!;
        FieldCondition? failed = nearest.Conditions.OrderBy(static c => c.Order).FirstOrDefault(c => !Holds(c, state));
        string reason = failed is null ? NotTogether(nearest) : Describe(failed, state, utf8);
        return matcher.Alternatives.Length == 1
            ? reason
            : string.Create(
                CultureInfo.InvariantCulture,
                $"none of the {matcher.Alternatives.Length} combinations of $or matches; in the nearest, {reason}");
    }

    private static bool Holds(FieldCondition condition, MatchState state) =>
        state.Holds(condition) || (condition.AcceptsNone && (state.Counts(condition).All == 0 || state.Counts(condition).Root == 0));

    private static string NotTogether(Alternative alternative)
    {
        IEnumerable<string> paths = alternative.Conditions.OrderBy(static c => c.Order).Select(static c => c.Source.Path);
        return $"each field matches, but not in the same elements of arrays: {string.Join(", ", paths)}";
    }

    private static string Describe(FieldCondition condition, MatchState state, ReadOnlySpan<byte> utf8)
    {
        string expected = string.Join(" or ", condition.Source.Tests.Select(static t => t.Words));
        ReadOnlySpan<int> values = state.ValuesOf(condition);
        if (values.IsEmpty)
        {
            return $"{condition.Source.Path} has no value; expected {expected}";
        }

        List<string> shown = [];
        foreach (int value in values[..Math.Min(values.Length, MaxValues)])
        {
            EventValue found = state.Values[value];
            string text = Encoding.UTF8.GetString(utf8.Slice(found.Start, Math.Min(found.Length, MaxValueBytes)));
            shown.Add(found.Length > MaxValueBytes ? $"{text}…" : text);
        }

        string more = values.Length > MaxValues
            ? string.Create(CultureInfo.InvariantCulture, $" and {values.Length - MaxValues} more") : "";
        return $"{condition.Source.Path} is {string.Join(", ", shown)}{more}; expected {expected}";
    }
}
