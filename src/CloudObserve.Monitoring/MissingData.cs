namespace CloudObserve.Monitoring;

/// <summary>Specifies how an alarm treats periods without data (<c>TreatMissingData</c>).</summary>
public enum MissingData
{
    /// <summary>CloudWatch's <c>missing</c>: a period without data is not counted.</summary>
    Missing = 0,

    /// <summary>CloudWatch's <c>ignore</c>: the alarm keeps its state.</summary>
    Ignore = 1,

    /// <summary>CloudWatch's <c>breaching</c>: a period without data meets the condition of the alarm.</summary>
    Breaching = 2,

    /// <summary>CloudWatch's <c>notBreaching</c>: a period without data does not meet the condition of the alarm.</summary>
    NotBreaching = 3,
}
