using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit;

/// <summary>Puts the finished files of an audit trail into a store of another kind: what <c>CloudObserve.S3</c> is made on.</summary>
/// <remarks>
/// Files come one at a time and in order: a digest comes when every file that it names is there. Implementers make one attempt and let exceptions
/// propagate: when and how often it is tried again, what is reported, and what is remembered across restarts is decided for them. A file may come again
/// although it is there, after a restart or a lost answer; that is a success.
/// </remarks>
/// <threadsafety>Called by one thread at a time. What is disposable is disposed of when the trail is closed.</threadsafety>
public interface IAuditFileShipper
{
    /// <summary>Gets where the files go, in words for people. What was shipped is remembered for it: another destination gets everything from the beginning.</summary>
    string Destination { get; }

    /// <summary>Makes one attempt to ship a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Cancelled when the attempt has run out of time.</param>
    /// <returns>What came of it.</returns>
    ValueTask<SendResult> ShipAsync(AuditFile file, CancellationToken cancellationToken);
}
