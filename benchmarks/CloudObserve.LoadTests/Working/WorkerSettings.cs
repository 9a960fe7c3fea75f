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
}
