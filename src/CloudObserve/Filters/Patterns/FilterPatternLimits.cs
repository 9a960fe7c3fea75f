namespace CloudObserve.Filters.Patterns;

/// <summary>What the service accepts, and what this implementation bounds because the service does not say.</summary>
internal static class FilterPatternLimits
{
    /// <summary>CloudWatch Logs: a filter pattern has at most 1,024 characters.</summary>
    internal const int MaxLength = 1024;

    /// <summary>CloudWatch Logs: at most two regular expressions in one JSON or space-delimited pattern.</summary>
    internal const int MaxRegexes = 2;

    /// <summary>CloudWatch Logs: at most one wildcard in a property selector.</summary>
    internal const int MaxWildcardsPerSelector = 1;

    /// <summary>CloudWatch Logs: at most three wildcard selectors in one JSON pattern.</summary>
    internal const int MaxWildcards = 3;

    /// <summary>
    /// Our own: how many positions a regular expression may come to when its counted repetitions are written out, one for each character
    /// and one for each branch. The cost of a byte grows with it, one machine word for each 64.
    /// </summary>
    internal const int MaxRegexPositions = 2048;

    /// <summary>Our own: the nesting of JSON that is read, the same bound as the most used parsers set. A deeper event is not taken for JSON.</summary>
    internal const int MaxJsonDepth = 1024;
}
