using CloudObserve.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Collects what became of alarms, and tells it in one message for each kind.</summary>
internal sealed class ProvisioningOutcome
{
    // A message stays readable whatever the number of alarms is.
    private const int MaxNames = 20;

    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly List<string> _drifted = [];
    private readonly List<string> _unsupported = [];
    private readonly List<string> _throttled = [];
    private readonly Dictionary<string, (string Message, List<string> Alarms)> _denied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Message, List<string> Alarms)> _failed = new(StringComparer.Ordinal);
    private int _put;
    private int _unchanged;

    /// <summary>Gets the alarms that are in CloudWatch as they are defined.</summary>
    internal IReadOnlySet<string> Present => _present;

    internal void AddUnchanged(string alarm)
    {
        _ = _present.Add(alarm);
        _unchanged++;
    }

    internal void AddPut(string alarm, IReadOnlyList<string>? drift)
    {
        _ = _present.Add(alarm);
        _put++;
        if (drift is not null)
        {
            _drifted.Add(drift.Count > 0 ? $"'{alarm}' ({string.Join(", ", drift)})" : $"'{alarm}'");
        }
    }

    internal void AddUnsupported(string alarm) => _unsupported.Add($"'{alarm}'");

    /// <summary>Returns whether an operation was denied before. It would be again.</summary>
    internal bool IsDenied(string operation) => _denied.ContainsKey(operation);

    internal void AddFailed(string alarm, string operation, SendResult result)
    {
        string name = $"'{alarm}'";
        switch (result.Error)
        {
            case ErrorClass.Throttled:
                _throttled.Add(name);
                break;
            case ErrorClass.Unauthorized:
                Add(_denied, operation, result.Message, name);
                break;
            default:
                Add(_failed, result.Code, result.Message, name);
                break;
        }
    }

    /// <summary>Adds an alarm that was not tried, because an operation was denied for another one.</summary>
    internal void AddDenied(string alarm, string operation) => _denied[operation].Alarms.Add($"'{alarm}'");

    internal void AddDeniedTags(string alarm, string operation, SendResult result) => Add(_denied, operation, result.Message, $"'{alarm}'");

    internal void Tell(ILogger logger, TimeSpan patience)
    {
        if (_put + _unchanged > 0)
        {
            logger.AlarmsPut(_put, _unchanged);
        }

        if (_drifted.Count > 0)
        {
            logger.AlarmsDrifted(_drifted.Count, List(_drifted));
        }

        if (_unsupported.Count > 0)
        {
            logger.AlarmsNotSupported(nameof(AlarmDefinition.MinimumSampleCount), _unsupported.Count, List(_unsupported));
        }

        if (_throttled.Count > 0)
        {
            logger.AlarmsThrottled(patience, _throttled.Count, List(_throttled));
        }

        foreach ((string operation, (string message, List<string> alarms)) in _denied)
        {
            string consequence = operation == AlarmProvisioner.TagResource ? "Tags were not set" : "Not put and evaluated in this process";
            logger.AlarmsDenied(operation, message, $"{consequence}: {List(alarms)}.");
        }

        foreach ((string code, (string message, List<string> alarms)) in _failed)
        {
            logger.AlarmsNotPut(alarms.Count, List(alarms), code, message);
        }
    }

    private static void Add(Dictionary<string, (string Message, List<string> Alarms)> faults, string key, string message, string alarm)
    {
        if (!faults.TryGetValue(key, out (string Message, List<string> Alarms) fault))
        {
            fault = (message, []);
            faults.Add(key, fault);
        }

        fault.Alarms.Add(alarm);
    }

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
}
