using CloudObserve.Delivery;

namespace CloudObserve.Audit;

/// <summary>Puts the completed files of an audit trail into a store.</summary>
/// <remarks>
/// <c>CloudObserve.S3</c> implements it. Files are passed one at a time and in order: a digest is passed after all files that it lists have
/// been shipped. An implementation makes one attempt and lets exceptions propagate. The library decides about retries and reports, and
/// remembers shipped files across restarts. After a restart or a lost answer, a file may be passed again although it exists in the store;
/// this must succeed.
/// </remarks>
/// <threadsafety>
/// Called by one thread at a time. If it implements <see cref="IDisposable"/>, it is disposed when the trail is closed.
/// </threadsafety>
public interface IAuditFileShipper
{
    /// <summary>Gets the description of the destination.</summary>
    /// <remarks>Shipped files are remembered for this text: for another destination, all files are shipped from the beginning.</remarks>
    string Destination { get; }

    /// <summary>Makes one attempt to ship a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancelled when the time for the attempt is over.</param>
    /// <returns>The result of the attempt.</returns>
    ValueTask<SendResult> ShipAsync(AuditFile file, CancellationToken cancellationToken);
}
