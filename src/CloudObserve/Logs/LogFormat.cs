namespace CloudObserve.Logs;

/// <summary>How events are written.</summary>
public enum LogFormat
{
    /// <summary>One JSON object an event, made for Logs Insights.</summary>
    Json = 0,

    /// <summary>One readable line an event, with an exception on the lines after it.</summary>
    PlainText,
}
