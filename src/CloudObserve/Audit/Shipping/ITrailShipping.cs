using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Shipping;

/// <summary>Brings what is in the trail to another place, behind the writer: nothing here ever holds up a record.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal interface ITrailShipping
{
    /// <summary>Gets what is shipped and what is not.</summary>
    ShippingReading Reading { get; }

    /// <summary>Says whether a file may be removed here, as far as this is concerned.</summary>
    bool IsShipped(TrailFile file);

    /// <summary>Begins, or goes on where an earlier process ended.</summary>
    void Start();

    /// <summary>Records up to a number are on the disk. Must return at once.</summary>
    void Committed(long newest)
    {
    }

    /// <summary>A file has been finished. Must return at once.</summary>
    void Finished()
    {
    }

    /// <summary>Completes when what was there at the call is shipped, or when that cannot be done now.</summary>
    Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ships what is left, unless that fails or takes too long, and ends. What is not shipped is shipped by the next process.</summary>
    Task CloseAsync(CancellationToken deadline);
}
