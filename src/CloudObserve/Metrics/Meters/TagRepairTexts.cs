using CloudObserve.Contracts;

namespace CloudObserve.Metrics.Meters;

/// <summary>Describes repairs in words.</summary>
internal static class TagRepairTexts
{
    private static readonly (TagRepairs Repair, string Change)[] All =
    [
        (TagRepairs.NotAscii, "CloudWatch accepts only printable ASCII in dimensions; other characters of a tag are percent-encoded."),
        (TagRepairs.Duplicate, "A tag is given more than once in one measurement; the last value is used."),
        (TagRepairs.Blank, "CloudWatch accepts no blank dimension value; the tag is left out."),
        (TagRepairs.TooLong, $"A dimension name has at most {ServiceLimits.PutMetricData.MaxNameLength} characters and a value "
            + $"{ServiceLimits.PutMetricData.MaxDimensionValueLength}; longer text is cut."),
        (TagRepairs.TooMany, $"A metric has at most {ServiceLimits.PutMetricData.MaxDimensions} dimensions; further tags are left out."),
        (TagRepairs.InvalidName, "A tag's name is blank, begins with a colon, or is reserved; the name is changed or the tag left out."),
        (TagRepairs.Unreadable, $"The ToString method of a tag's value threw an exception; '{TagText.Unreadable}' is sent instead."),
    ];

    /// <summary>Gets the name of each cause and a description of the change.</summary>
    internal static IEnumerable<(string Cause, string Change)> Of(TagRepairs repairs) =>
        All.Where(r => repairs.HasFlag(r.Repair)).Select(r => ($"Tag{r.Repair}", r.Change));
}
