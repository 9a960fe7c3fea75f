using CloudObserve.Insights;
using CloudObserve.Local;

namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Finds log groups of the embedded CloudWatch.</summary>
internal static class StoredGroups
{
    /// <summary>Gets the named log groups, whether they exist or not, and those whose names begin with a prefix.</summary>
    internal static IEnumerable<string> Select(EmbeddedCloudWatch store, LogGroupSelection selection) =>
        selection.LogGroupNames.Concat(selection.NamePrefixes.SelectMany(prefix => WithPrefix(store, prefix)))
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> WithPrefix(EmbeddedCloudWatch store, string prefix)
    {
        string? token = null;
        do
        {
            DescribeLogGroupsResponse page = store.DescribeLogGroups(new DescribeLogGroupsRequest
            {
                LogGroupNamePrefix = prefix,
                NextToken = token
            });
            foreach (string name in page.LogGroups.Select(static group => group.LogGroupName))
            {
                yield return name;
            }

            token = page.NextToken;
        }
        while (token is not null);
    }
}
