using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Shipping;

/// <summary>Ships the trail to another place after it has been written.</summary>
/// <remarks>It never delays a record.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal interface ITrailShipping
{
    /// <summary>Gets the name under which shipping is reported, such as <c>audit-files</c>.</summary>
    string Name { get; }

    /// <summary>Gets the current state of shipping.</summary>
    ShippingReading Reading { get; }

    /// <summary>Returns whether the file may be removed locally as far as this destination is concerned.</summary>
    bool IsShipped(TrailFile file);

    /// <summary>Starts shipping, or continues where an earlier process ended.</summary>
    void Start();

    /// <summary>Notifies that records up to a number are on disk.</summary>
    /// <remarks>Must return at once.</remarks>
    void Committed(long newest)
    {
    }

    /// <summary>Notifies that a file has been completed.</summary>
    /// <remarks>Must return at once.</remarks>
    void Finished()
    {
    }

    /// <summary>
    /// Completes when everything that existed at the call has been shipped, or when it is known that this is not possible now.
    /// </summary>
    Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ships the rest if possible within the deadline, and ends.</summary>
    /// <remarks>The next process ships what is left.</remarks>
    Task CloseAsync(CancellationToken deadline);
}
