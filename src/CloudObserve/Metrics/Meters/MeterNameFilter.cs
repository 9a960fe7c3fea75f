using System.IO.Enumeration;

namespace CloudObserve.Metrics.Meters;

/// <summary>Selects the meters to publish.</summary>
internal sealed class MeterNameFilter(IEnumerable<string> patterns)
{
    /// <summary>The name of this library's own meter. A wildcard does not include it; it is published only if it is named.</summary>
    internal const string OwnMeter = "CloudObserve";

    // Validation has refused '?' and the backslash, which MatchesSimpleExpression would treat as special characters.
    private readonly string[] _patterns = [.. patterns];

    internal bool IsEmpty => _patterns.Length == 0;

    /// <summary>Determines whether a configured name matches a meter.</summary>
    internal static bool IsMeant(string pattern, string meter) =>
        meter == OwnMeter ? pattern == OwnMeter : FileSystemName.MatchesSimpleExpression(pattern, meter, ignoreCase: true);

    internal bool Includes(string meter)
    {
        foreach (string pattern in _patterns)
        {
            if (IsMeant(pattern, meter))
            {
                return true;
            }
        }

        return false;
    }
}
