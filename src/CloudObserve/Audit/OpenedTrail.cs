using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit;

/// <summary>Holds the parts of a trail that this process writes.</summary>
/// <param name="Lock">The lock that excludes other processes.</param>
/// <param name="Journal">The journal.</param>
/// <param name="Maintenance">Seals records and signs digests.</param>
/// <param name="OwnSigner">The signer, if the trail must dispose it.</param>
internal sealed record OpenedTrail(TrailLock Lock, AuditJournal Journal, TrailMaintenance Maintenance, IDisposable? OwnSigner) : IDisposable
{
    public void Dispose()
    {
        Maintenance.Dispose();
        Journal.Dispose();
        OwnSigner?.Dispose();
        Lock.Dispose();
    }
}
