namespace CloudObserve.Diagnostics;

/// <summary>The detail of a loss may end with the beginning of what was lost: data of the application, for its own log and not for whoever sees its health.</summary>
internal static class LossDetail
{
    private const string Mark = "; the first item: ";

    internal static string WithItem(string detail, string item) => detail + Mark + item;

    internal static string WithoutItem(string detail)
    {
        int end = detail.IndexOf(Mark, StringComparison.Ordinal);
        return end < 0 ? detail : detail[..end];
    }
}
