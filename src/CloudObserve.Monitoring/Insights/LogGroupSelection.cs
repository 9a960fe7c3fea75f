namespace CloudObserve.Insights;

/// <summary>Describes the log groups that the command <c>SOURCE</c> of a query selects.</summary>
/// <param name="LogGroupNames">The names of the log groups.</param>
/// <param name="NamePrefixes">The beginnings of the names of log groups.</param>
public sealed record LogGroupSelection(IReadOnlyList<string> LogGroupNames, IReadOnlyList<string> NamePrefixes)
{
    /// <summary>Returns whether a log group is selected.</summary>
    /// <param name="logGroupName">The name of the log group.</param>
    /// <returns><see langword="true"/> if the name is one of the names or begins with one of the prefixes.</returns>
    public bool Includes(string logGroupName)
    {
        ArgumentNullException.ThrowIfNull(logGroupName);
        return LogGroupNames.Contains(logGroupName) || NamePrefixes.Any(p => logGroupName.StartsWith(p, StringComparison.Ordinal));
    }
}
