namespace CloudObserve.Logs.Capture;

/// <summary>Contains the categories that are never captured, because delivery of an event could log the next event in them.</summary>
internal static class OwnCategories
{
    // The library's own categories, those of the AWS SDK's runtime, which also sends this library's requests, and those of HTTP clients
    // with this library's name.
    private static readonly string[] Roots = ["CloudObserve", "Amazon.Runtime", "System.Net.Http.HttpClient.CloudObserve"];

    internal static bool Contains(string category) => Array.Exists(Roots, root => IsWithin(category, root));

    // "CloudObservers" is a different category.
    private static bool IsWithin(string category, string root) =>
        category.StartsWith(root, StringComparison.Ordinal) && (category.Length == root.Length || category[root.Length] == '.');
}
