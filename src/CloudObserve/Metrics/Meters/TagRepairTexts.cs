namespace CloudObserve.Metrics.Meters;

/// <summary>Says in words what was repaired.</summary>
internal static class TagRepairTexts
{
    private static readonly (TagRepairs Repair, string Change)[] All =
    [
        (TagRepairs.NotAscii, "CloudWatch takes printable ASCII in dimensions; other characters of a tag are written percent-encoded."),
        (TagRepairs.Duplicate, "A tag is given more than once in one measurement; the last one counts."),
        (TagRepairs.Blank, "CloudWatch takes no blank dimension value; the tag is left out."),
        (TagRepairs.TooLong, $"A dimension's name has at most {MetricLimits.MaxNameLength} characters and its value {MetricLimits.MaxDimensionValueLength}; the rest of a longer one is cut off."),
        (TagRepairs.TooMany, $"A metric has at most {MetricLimits.MaxDimensions} dimensions; further tags are left out."),
        (TagRepairs.InvalidName, "A tag's name is blank, begins with a colon, or is reserved; it is changed, or its tag left out."),
        (TagRepairs.Unreadable, $"A tag's value threw an exception when its text was asked for; '{TagText.Unreadable}' is sent instead."),
    ];

    /// <summary>Gets the name of each cause and what was done about it.</summary>
    internal static IEnumerable<(string Cause, string Change)> Of(TagRepairs repairs) =>
        All.Where(r => repairs.HasFlag(r.Repair)).Select(r => ($"Tag{r.Repair}", r.Change));
}
