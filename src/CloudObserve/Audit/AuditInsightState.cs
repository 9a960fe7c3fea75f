namespace CloudObserve.Audit;

/// <summary>Which end of an unusual time an insight tells of.</summary>
public enum AuditInsightState
{
    /// <summary>It has begun.</summary>
    Start = 0,

    /// <summary>It is over.</summary>
    End,
}
