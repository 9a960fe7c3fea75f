namespace CloudObserve.Monitoring;

/// <summary>Specifies the use of a period in an evaluation.</summary>
public enum AlarmDatapointUse
{
    /// <summary>The period has a datapoint that was not used, because enough newer ones are present.</summary>
    NotUsed = 0,

    /// <summary>The datapoint was used and does not breach.</summary>
    NotBreaching = 1,

    /// <summary>The datapoint was used and breaches.</summary>
    Breaching = 2,

    /// <summary>The period has no datapoint, and none was put in its place.</summary>
    Missing = 3,

    /// <summary>The period has no datapoint and counted as not breaching.</summary>
    FilledAsNotBreaching = 4,

    /// <summary>The period has no datapoint and counted as breaching.</summary>
    FilledAsBreaching = 5,
}
