namespace CloudObserve.Monitoring.Alarms;

/// <summary>Converts alarm states to and from CloudWatch's names.</summary>
internal static class AlarmStates
{
    internal const string Ok = "OK";
    internal const string Alarm = "ALARM";
    internal const string InsufficientData = "INSUFFICIENT_DATA";

    /// <summary>The names in a sentence.</summary>
    internal const string All = $"{Alarm}, {Ok} and {InsufficientData}";

    internal static string ToName(AlarmState state) => state switch
    {
        AlarmState.Ok => Ok,
        AlarmState.Alarm => Alarm,
        _ => InsufficientData,
    };

    internal static AlarmState? Parse(ReadOnlySpan<char> name) => name switch
    {
        Ok => AlarmState.Ok,
        Alarm => AlarmState.Alarm,
        InsufficientData => AlarmState.InsufficientData,
        _ => null,
    };
}
