namespace CloudObserve.LoadTests.Calling;

/// <summary>Holds the start settings of a calling process.</summary>
internal sealed class CallerSettings
{
    /// <summary>Gets or sets the library whose calls are timed: the name of a <see cref="CalledLibrary"/>.</summary>
    public string Library { get; set; } = "";

    /// <summary>Gets or sets the address of CloudWatch.</summary>
    public Uri? Url { get; set; }

    /// <summary>Gets or sets the duration of each rate.</summary>
    public TimeSpan Time { get; set; }

    /// <summary>Gets or sets the rates, in calls per second of all threads together.</summary>
    public int[] Rates { get; set; } = [];
}
