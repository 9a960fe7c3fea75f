using System.Globalization;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Contains the retentions that CloudWatch Logs accepts.</summary>
internal static class RetentionPeriods
{
    /// <summary>Gets the retentions in days.</summary>
    internal static IReadOnlyList<int> Days { get; } =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    /// <summary>Gets the retentions for a message.</summary>
    internal static string Text { get; } = string.Join(", ", Days.Select(static d => d.ToString(CultureInfo.InvariantCulture)));

    internal static bool Contains(int days) => Days.Contains(days);
}
