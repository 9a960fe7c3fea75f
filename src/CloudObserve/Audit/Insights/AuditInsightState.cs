namespace CloudObserve.Audit;

/// <summary>Specifies whether an insight reports the start or the end of an unusual period.</summary>
public enum AuditInsightState
{
    /// <summary>The period has begun.</summary>
    Start = 0,

    /// <summary>The period has ended.</summary>
    End,
}
