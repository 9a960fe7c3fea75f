using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Routing;

/// <summary>Which events go to a target.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class RouteRule(string categoryPattern, LogLevel minimumLevel, RouteTarget target)
{
    internal LogLevel MinimumLevel { get; } = minimumLevel;

    internal RouteTarget Target { get; } = target;

    internal bool IsFor(string category) => Matches(categoryPattern, category);

    // The asterisk is the only wildcard, where the framework's matcher for file names also has the question mark and cannot be told otherwise.
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
                // What the last asterisk stands for gets one character longer.
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
