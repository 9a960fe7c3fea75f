namespace CloudObserve.Diagnostics;

/// <summary>Adds the beginning of a lost item to the description of a loss, and removes it again.</summary>
/// <remarks>The item is application data. It belongs in the application's log, and must not appear in health or status.</remarks>
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
