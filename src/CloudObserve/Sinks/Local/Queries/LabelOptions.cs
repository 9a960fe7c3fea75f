namespace CloudObserve.Local;

/// <summary>The options for dynamic values in labels.</summary>
public sealed record LabelOptions
{
    /// <summary>Gets the offset from UTC for points in time, such as <c>+0130</c>.</summary>
    /// <value>The default is <c>+0000</c>.</value>
    public string Timezone { get; init; } = "+0000";
}
