using System.IO.Enumeration;

namespace CloudObserve.Metrics.Meters;

/// <summary>Decides which meters are published.</summary>
internal sealed class MeterNameFilter(IEnumerable<string> patterns)
{
    /// <summary>The name of this library's own meter. A wildcard never covers it: only whoever names it publishes it.</summary>
    internal const string OwnMeter = "CloudObserve";

    // Validation has refused '?' and the backslash, which the simple expression would read as more than themselves.
    private readonly string[] _patterns = [.. patterns];

    internal bool IsEmpty => _patterns.Length == 0;

    internal bool Includes(string meter)
    {
        foreach (string pattern in _patterns)
        {
            if (meter == OwnMeter ? pattern == OwnMeter : FileSystemName.MatchesSimpleExpression(pattern, meter, ignoreCase: true))
            {
                return true;
            }
        }

        return false;
    }
}
