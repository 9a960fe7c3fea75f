using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Checks the requests of <see cref="IAlarms"/> as CloudWatch does.</summary>
internal static class RequestRules
{
    private const int MaxReason = 1023;
    private const int MaxReasonData = 4000;

    // In the order of CloudWatch's message.
    private static readonly string[] States = [AlarmStates.InsufficientData, AlarmStates.Alarm, AlarmStates.Ok];

    internal static CloudWatchException Invalid(string message) => new("ValidationError", message);

    /// <summary>Checks a request and returns its state.</summary>
    /// <exception cref="CloudWatchException">The request breaks a rule.</exception>
    internal static AlarmState Check(SetAlarmStateRequest request)
    {
        Constraints constraints = new();
        constraints.RequiredLength("alarmName", request.AlarmName, AlarmConstraints.MaxName);
        constraints.OneOf("stateValue", request.StateValue, States);
        constraints.Length("stateReason", request.StateReason, 0, MaxReason);
        constraints.Length("stateReasonData", request.StateReasonData, 0, MaxReasonData);
        if (constraints.Message() is { } violations)
        {
            throw Invalid(violations);
        }

        return request.StateReasonData is { } data && !JsonTexts.IsJson(data)
            ? throw new CloudWatchException("InvalidFormat", "TransitionData is not valid JSON")
            : AlarmStates.Parse(request.StateValue)!.Value;
    }

    /// <exception cref="CloudWatchException">The text is not one of the names.</exception>
    internal static void OneOf(string member, string? value, string[] names)
    {
        Constraints constraints = new();
        constraints.OneOf(member, value, names);
        Throw(constraints);
    }

    /// <exception cref="CloudWatchException">There are too many items.</exception>
    internal static void Size(string member, IReadOnlyList<string> values, int max)
    {
        Constraints constraints = new();
        constraints.Size(member, values, max);
        Throw(constraints);
    }

    /// <exception cref="CloudWatchException">The number is out of range.</exception>
    internal static void Records(int value, int max)
    {
        if (value < 1 || value > max)
        {
            string rule = value < 1 ? "greater than or equal to 1" : $"less than or equal to {max}";
            throw Invalid(
                $"1 validation error detected: Value '{value}' at 'maxRecords' failed to satisfy constraint: Member must have value {rule}");
        }
    }

    private static void Throw(Constraints constraints)
    {
        if (constraints.Message() is { } violations)
        {
            throw Invalid(violations);
        }
    }
}
