namespace CloudObserve.LoadTests.Calling;

/// <summary>What a calling process is told at start.</summary>
internal sealed class CallerSettings
{
    /// <summary>Gets or sets whose call is timed: the name of a <see cref="CalledLibrary"/>.</summary>
    public string Library { get; set; } = "";

    /// <summary>Gets or sets where CloudWatch is.</summary>
    public Uri? Url { get; set; }

    /// <summary>Gets or sets how long each rate lasts.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>Gets or sets the rates, in calls a second of all threads.</summary>
    public int[] Rates { get; set; } = [];
}
