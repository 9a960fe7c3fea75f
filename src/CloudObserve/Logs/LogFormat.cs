namespace CloudObserve.Logs;

/// <summary>Specifies the format of log events.</summary>
public enum LogFormat
{
    /// <summary>One JSON object per event, for Logs Insights.</summary>
    Json = 0,

    /// <summary>One readable line per event, followed by the lines of its exception.</summary>
    PlainText,
}
