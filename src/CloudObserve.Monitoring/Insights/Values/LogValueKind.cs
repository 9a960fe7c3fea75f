namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Lists the kinds of a <see cref="LogValue"/>.</summary>
internal enum LogValueKind : byte
{
    /// <summary>There is no value, or it is <c>null</c>.</summary>
    Missing,

    /// <summary>A truth value, which is the number 1 or 0.</summary>
    Boolean,

    /// <summary>A finite number.</summary>
    Number,

    /// <summary>A point in time, in milliseconds since 1970.</summary>
    Time,

    /// <summary>A text in UTF-8.</summary>
    Text,

    /// <summary>A map or a list, as JSON in UTF-8.</summary>
    Structure,
}
