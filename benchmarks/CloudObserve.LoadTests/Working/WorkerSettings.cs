namespace CloudObserve.LoadTests.Working;

/// <summary>Holds the worker's start settings, in addition to the library's own.</summary>
internal sealed class WorkerSettings
{
    /// <summary>Gets or sets the address of CloudWatch.</summary>
    public Uri? Url { get; set; }

    /// <summary>Gets or sets the log events per second.</summary>
    public int Events { get; set; }

    /// <summary>Gets or sets the samples per second.</summary>
    public int Samples { get; set; }

    /// <summary>Gets or sets the largest number of events that may be neither delivered nor lost.</summary>
    /// <value>The default is 0: unlimited, so that events that the library cannot accept are lost.</value>
    /// <remarks>Above it, writing pauses.</remarks>
    public int MostInFlight { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether events are written as JSON, the library's default, instead of as their message only.
    /// </summary>
    public bool Json { get; set; }
}
