namespace CloudObserve.Cli;

/// <summary>Parses the unit letter at the end of a duration: 90s, 30m, 12h, 7d, 2w.</summary>
internal static class DurationUnit
{
    /// <summary>Returns the unit at the end of a text; zero if there is none.</summary>
    internal static TimeSpan Of(string text) => text.Length == 0 ? default : text[^1] switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => default,
    };
}
