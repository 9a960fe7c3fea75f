namespace CloudObserve.Hosting;

/// <summary>What must succeed before the host may start.</summary>
internal interface IHostStep
{
    /// <summary>Does it. What it throws fails the start.</summary>
    void Starting();
}
