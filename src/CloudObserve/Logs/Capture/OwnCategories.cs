namespace CloudObserve.Logs.Capture;

/// <summary>Categories that never come in, because delivering an event can cause the next event in them.</summary>
internal static class OwnCategories
{
    // The library's own; the engine of the AWS SDK, which also carries our requests; and HTTP clients that bear our name.
    private static readonly string[] Roots = ["CloudObserve", "Amazon.Runtime", "System.Net.Http.HttpClient.CloudObserve"];

    internal static bool Contains(string category) => Array.Exists(Roots, root => IsWithin(category, root));

    // "CloudObservers" is somebody else.
    private static bool IsWithin(string category, string root) =>
        category.StartsWith(root, StringComparison.Ordinal) && (category.Length == root.Length || category[root.Length] == '.');
}
