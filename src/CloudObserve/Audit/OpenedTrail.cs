using CloudObserve.Audit.Journal;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Storage;

namespace CloudObserve.Audit;

/// <summary>A trail that this process writes.</summary>
/// <param name="Lock">Keeps others out.</param>
/// <param name="Journal">Takes records.</param>
/// <param name="Keeper">Seals and signs.</param>
/// <param name="OwnSigner">The signer, when it is the trail's own to dispose of.</param>
internal sealed record OpenedTrail(TrailLock Lock, AuditJournal Journal, TrailKeeper Keeper, IDisposable? OwnSigner) : IDisposable
{
    public void Dispose()
    {
        Keeper.Dispose();
        Journal.Dispose();
        OwnSigner?.Dispose();
        Lock.Dispose();
    }
}
