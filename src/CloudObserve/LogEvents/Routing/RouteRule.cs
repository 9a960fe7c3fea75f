using Microsoft.Extensions.Logging;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Represents a rule that sends matching events to a target.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class RouteRule(string categoryPattern, LogLevel minimumLevel, RouteTarget target)
{
    internal LogLevel MinimumLevel { get; } = minimumLevel;

    internal RouteTarget Target { get; } = target;

    internal bool IsFor(string category) => Matches(categoryPattern, category);

    // The asterisk is the only wildcard. The framework's matcher for file names also treats the question mark as one, and this cannot be
    // switched off.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> category)
    {
        int at = 0;
        int place = 0;
        int star = -1;
        int resume = 0;
        while (place < category.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, resume) = (at++, place);
            }
            else if (at < pattern.Length && char.ToUpperInvariant(pattern[at]) == char.ToUpperInvariant(category[place]))
            {
                at++;
                place++;
            }
            else if (star >= 0)
            {
                // Extends the text that the last asterisk matches by one character.
                (at, place) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }
}
