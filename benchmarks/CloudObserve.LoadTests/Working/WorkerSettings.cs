namespace CloudObserve.LoadTests.Working;

/// <summary>What the worker is told at start, beside the library's own settings.</summary>
internal sealed class WorkerSettings
{
    /// <summary>Gets or sets where CloudWatch is.</summary>
    public Uri? Url { get; set; }

    /// <summary>Gets or sets how many log events it writes a second.</summary>
    public int Events { get; set; }

    /// <summary>Gets or sets how many samples it puts a second.</summary>
    public int Samples { get; set; }

    /// <summary>Gets or sets how many events may be written and neither delivered nor lost before none are written for a while.</summary>
    /// <value>The default is 0: any number, so that what the library cannot take is lost.</value>
    public int MostInFlight { get; set; }

    /// <summary>Gets or sets a value indicating whether events are written as the library writes them by default: as JSON, not as their message alone.</summary>
    public bool Json { get; set; }
}
