using CloudObserve.Monitoring;

namespace Storefront.Telemetry;

/// <summary>Prints the alarms with their states and reasons.</summary>
internal sealed class AlarmSummary(IAlarms alarms)
{
    public void Print()
    {
        DescribeAlarmsResponse all = alarms.DescribeAlarms(new DescribeAlarmsRequest { AlarmTypes = ["MetricAlarm", "CompositeAlarm"] });
        Console.WriteLine();
        Console.WriteLine($"{"alarm",-20} {"state",-18} {"since",-8} reason");
        foreach (MetricAlarm alarm in all.MetricAlarms)
        {
            Print(alarm.Definition.AlarmName, alarm.StateValue, alarm.StateTransitionedTimestamp, alarm.StateReason);
        }

        foreach (CompositeAlarm alarm in all.CompositeAlarms)
        {
            Print(alarm.Definition.AlarmName, alarm.StateValue, alarm.StateTransitionedTimestamp, alarm.StateReason);
        }
    }

    /// <summary>Returns CloudWatch's name of a state.</summary>
    public static string Name(AlarmState state) => state switch
    {
        AlarmState.Ok => "OK",
        AlarmState.Alarm => "ALARM",
        _ => "INSUFFICIENT_DATA",
    };

    private static void Print(string alarm, AlarmState state, DateTimeOffset since, string reason) =>
        Console.WriteLine($"{alarm,-20} {Name(state),-18} {since:HH:mm:ss} {reason}");
}
