using CloudObserve.Monitoring.Alarms.Storage;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Stores the changes of a table, if there is a directory for it, and reports what cannot be stored.</summary>
/// <remarks>What cannot be stored stays in memory, and is stored with the next change that can be.</remarks>
/// <threadsafety>Safe for concurrent use. The lock is held while the disk is written.</threadsafety>
internal sealed class AlarmStore(string? directory, AlarmTable table, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();

    // The notifications that need a further attempt, by id. Guarded by _lock, as the rest.
    private readonly Dictionary<string, AlarmNotification> _unsent = new(StringComparer.Ordinal);
    private StateFile? _file;
    private bool _isBehind;

    /// <summary>Opens the file and gives the table what it contains.</summary>
    /// <returns>The notifications that an earlier process did not send to the end.</returns>
    internal IReadOnlyList<AlarmNotification> Open()
    {
        if (directory is null)
        {
            return [];
        }

        string? fault;
        StoredState stored = new();
        lock (_lock)
        {
            fault = Open_NeedsLock(ref stored);
        }

        if (fault is not null)
        {
            logger.AlarmStateNotUsable(directory, fault);
        }

        table.Load(stored);
        return [.. stored.Notifications.Values];
    }

    /// <summary>Takes the changes of the table and stores them.</summary>
    /// <param name="enqueue">Takes the changes before those of a later call. It must not call out.</param>
    /// <returns>The changes.</returns>
    internal TableChanges Save(Action<TableChanges> enqueue)
    {
        TableChanges changes;
        string? fault = null;
        lock (_lock)
        {
            changes = table.Take();
            if (changes.IsEmpty)
            {
                return changes;
            }

            foreach (AlarmNotification notification in changes.Notifications)
            {
                _ = _unsent.TryAdd(notification.Id, notification);
            }

            foreach (string id in changes.Finished)
            {
                _ = _unsent.Remove(id);
            }

            if (_file is not null)
            {
                fault = Write_NeedsLock(changes);
            }

            enqueue(changes);
        }

        if (fault is not null)
        {
            logger.AlarmStateNotStored(directory!, fault);
        }

        return changes;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private string? Open_NeedsLock(ref StoredState stored)
    {
        try
        {
            _file = StateFile.TryOpen(directory!, out stored, out string? damage);
            foreach ((string id, AlarmNotification notification) in stored.Notifications)
            {
                _unsent[id] = notification;
            }

            return _file is null ? "Another process uses the directory. States are not stored."
                : damage is null ? null
                : $"{damage} The rest was read, and a copy is in {StateFile.DamagedName}.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{exception.Message} States are not stored.";
        }
    }

    // Returns the fault if it is a new one.
    private string? Write_NeedsLock(TableChanges changes)
    {
        try
        {
            if (_isBehind || _file!.IsWasteful)
            {
                (List<StoredAlarm> alarms, List<AlarmHistoryItem> history) = table.Snapshot();
                _file!.Replace(new TableChanges(alarms, [], history, [.. _unsent.Values], [], []));
            }
            else
            {
                _file.Append(changes);
            }

            _isBehind = false;
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            bool isKnown = _isBehind;
            _isBehind = true;
            return isKnown ? null : exception.Message;
        }
    }
}
