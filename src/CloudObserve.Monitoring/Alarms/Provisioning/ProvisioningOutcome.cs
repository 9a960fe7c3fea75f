using System.Globalization;
using CloudObserve.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Collects what became of alarms, and tells it in one message for each kind.</summary>
/// <param name="unsupported">The reasons why alarms cannot be put, by name.</param>
internal sealed class ProvisioningOutcome(IReadOnlyDictionary<string, string> unsupported)
{
    // A message stays readable whatever the number of alarms is.
    private const int MaxNames = 20;

    private readonly HashSet<string> _present = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _drifted = new(StringComparer.Ordinal);
    private readonly List<string> _throttled = [];
    private readonly Dictionary<string, (string Message, List<string> Alarms)> _denied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Message, List<string> Alarms)> _failed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Message, List<string> Alarms)> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Message, List<string> Alarms)> _leftover = new(StringComparer.Ordinal);
    private readonly List<string> _gone = [];
    private readonly List<string> _deleted = [];
    private readonly HashSet<string> _deniedTags = new(StringComparer.Ordinal);
    private (string Code, string Message)? _notDescribed;
    private (int Count, Exception Exception)? _fault;
    private int _put;
    private int _unchanged;

    /// <summary>Gets the alarms that are in CloudWatch as they are defined.</summary>
    internal IReadOnlySet<string> Present => _present;

    /// <summary>Gets the alarms that differed from their definitions.</summary>
    internal IReadOnlyCollection<string> Drifted => [.. _drifted.Keys];

    /// <summary>Gets the alarms that are defined no more and are not in CloudWatch any more.</summary>
    internal IReadOnlyCollection<string> Gone => _gone;

    /// <summary>Gets the number of alarms that were not put, although they can be.</summary>
    internal int Failed =>
        _throttled.Count + _denied.Values.Sum(static f => f.Alarms.Count) + _failed.Values.Sum(static f => f.Alarms.Count)
        + (_fault?.Count ?? 0);

    /// <summary>Gets a value indicating whether a further attempt may do what this one did not.</summary>
    internal bool IsComplete =>
        Failed == 0 && _fault is null && _tags.Count == 0 && !_leftover.Values.Any(static fault => fault.Message.Length > 0);

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
            _drifted.Add(alarm, string.Join(", ", drift));
        }
    }

    /// <summary>Adds the last change of an alarm that differed.</summary>
    internal void SetChange(string alarm, DateTimeOffset time, string? user) => _drifted[alarm] = string.Create(
        CultureInfo.InvariantCulture,
        $"{_drifted[alarm]}{(_drifted[alarm].Length > 0 ? "; " : "")}changed {time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}")
        + (user is null ? "" : $" by {user}");

    /// <summary>Returns whether an operation was denied before. It would be again.</summary>
    internal bool IsDenied(string operation) => _denied.ContainsKey(operation) || _deniedTags.Contains(operation);

    internal void AddFailed(string alarm, string operation, SendResult result)
    {
        switch (result.Error)
        {
            case ErrorClass.Throttled:
                _throttled.Add(alarm);
                break;
            case ErrorClass.Unauthorized:
                Add(_denied, operation, result.Message, alarm);
                break;
            default:
                Add(_failed, result.Code, result.Message, alarm);
                break;
        }
    }

    /// <summary>Adds an alarm that was not tried, because an operation was denied for another one.</summary>
    internal void AddDenied(string alarm, string operation) => _denied[operation].Alarms.Add(alarm);

    internal void AddFailedTags(string alarm, string operation, string message, bool isDenied = false)
    {
        Add(_tags, operation, message, alarm);
        if (isDenied)
        {
            _ = _deniedTags.Add(operation);
        }
    }

    internal void AddNotDescribed(string code, string message) => _notDescribed = (code, message);

    internal void AddFault(int count, Exception exception) => _fault = (count, exception);

    internal void AddGone(string alarm, bool isDeleted)
    {
        _gone.Add(alarm);
        if (isDeleted)
        {
            _deleted.Add(alarm);
        }
    }

    internal void AddLeftover(string alarm, SendResult result) =>
        Add(_leftover, result.Code, result.Error == ErrorClass.None ? "" : $" {result.Code}: {result.Message}", alarm);

    /// <summary>Tells what became of the alarms.</summary>
    /// <param name="logger">Receives the messages.</param>
    /// <param name="patience">The time limit of the attempt.</param>
    /// <param name="told">What the last attempt told. Faults that are the same are not told again.</param>
    /// <returns>What was told.</returns>
    internal string Tell(ILogger logger, TimeSpan patience, string told)
    {
        if (_put > 0 || (_unchanged > 0 && told.Length == 0))
        {
            logger.AlarmsPut(_put, _unchanged);
        }

        if (_drifted.Count > 0)
        {
            logger.AlarmsDrifted(_drifted.Count, List([.. _drifted.Select(
                static alarm => alarm.Value.Length > 0 ? $"'{alarm.Key}' ({alarm.Value})" : $"'{alarm.Key}'")]));
        }

        if (_deleted.Count > 0)
        {
            logger.AlarmsDeleted(_deleted.Count, Quoted(_deleted));
        }

        List<(string Text, Action Tell)> faults = [.. Faults(logger, patience)];
        string now = $"told\n{string.Join('\n', faults.Select(static fault => fault.Text))}";
        if (now != told)
        {
            faults.ForEach(static fault => fault.Tell());
        }

        return now;
    }

    private IEnumerable<(string Text, Action Tell)> Faults(ILogger logger, TimeSpan patience)
    {
        if (_notDescribed is { } unread)
        {
            yield return ($"{unread}", () => logger.AlarmsNotDescribed(unread.Code, unread.Message));
        }

        if (_fault is { } fault)
        {
            yield return ($"{fault.Exception.Message}", () => logger.AlarmsNotPut(
                fault.Count, "all that are not named as put", fault.Exception.GetType().Name, fault.Exception.Message));
        }

        if (unsupported.Count > 0)
        {
            string alarms = List([.. unsupported.Select(static alarm => $"'{alarm.Key}' ({alarm.Value})")]);
            yield return (alarms, () => logger.AlarmsNotSupported(unsupported.Count, alarms));
        }

        if (_throttled.Count > 0)
        {
            yield return ($"throttled {Quoted(_throttled)}", () => logger.AlarmsThrottled(patience, _throttled.Count, Quoted(_throttled)));
        }

        foreach ((string operation, (string message, List<string> alarms)) in _denied)
        {
            yield return ($"{operation} {Quoted(alarms)}", () => logger.AlarmsDenied(operation, message, Quoted(alarms)));
        }

        foreach ((string code, (string message, List<string> alarms)) in _failed)
        {
            yield return ($"{code} {Quoted(alarms)}", () => logger.AlarmsNotPut(alarms.Count, Quoted(alarms), code, message));
        }

        foreach ((string operation, (string message, List<string> alarms)) in _tags)
        {
            yield return ($"{operation} {Quoted(alarms)}", () => logger.AlarmTagsNotSet(alarms.Count, Quoted(alarms), operation, message));
        }

        foreach ((string code, (string message, List<string> alarms)) in _leftover)
        {
            yield return ($"{code} {Quoted(alarms)}", () => logger.AlarmsLeft(alarms.Count, Quoted(alarms), message));
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

    private static string Quoted(List<string> names) => List([.. names.Select(static name => $"'{name}'")]);

    private static string List(List<string> names) =>
        string.Join(", ", names.Take(MaxNames)) + (names.Count > MaxNames ? $" and {names.Count - MaxNames} more" : "");
}
