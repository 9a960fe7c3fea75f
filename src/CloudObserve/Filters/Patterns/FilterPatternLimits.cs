namespace CloudObserve.Filters.Patterns;

/// <summary>Contains the limits of the service, and limits of this library where the service documents none.</summary>
internal static class FilterPatternLimits
{
    /// <summary>The CloudWatch Logs limit: 1,024 characters in a filter pattern.</summary>
    internal const int MaxLength = 1024;

    /// <summary>The CloudWatch Logs limit: two regular expressions in one JSON or space-delimited pattern.</summary>
    internal const int MaxRegexes = 2;

    /// <summary>The CloudWatch Logs limit: one wildcard in a property selector.</summary>
    internal const int MaxWildcardsPerSelector = 1;

    /// <summary>The CloudWatch Logs limit: three wildcard selectors in one JSON pattern.</summary>
    internal const int MaxWildcards = 3;

    /// <summary>
    /// This library's limit on the positions of a regular expression after counted repetitions are expanded: one for each character and one
    /// for each branch.
    /// </summary>
    /// <remarks>The cost for each byte of an event grows by one machine word for each 64 positions.</remarks>
    internal const int MaxRegexPositions = 2048;

    /// <summary>This library's limit on the nesting of JSON, the same as in most parsers.</summary>
    /// <remarks>An event with deeper nesting is not treated as JSON.</remarks>
    internal const int MaxJsonDepth = 1024;
}
