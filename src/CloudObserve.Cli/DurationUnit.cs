namespace CloudObserve.Cli;

/// <summary>The letters that durations on the command line end with: 90s, 30m, 12h, 7d, 2w.</summary>
internal static class DurationUnit
{
    /// <summary>Gets the unit that a text ends with; zero if it ends with none.</summary>
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
