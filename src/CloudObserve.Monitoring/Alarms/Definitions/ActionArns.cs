namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Checks the ARNs of alarm actions.</summary>
internal static class ActionArns
{
    private const int MinParts = 6;
    private const int PartitionPart = 1;
    private const int VendorPart = 2;
    private const int RegionPart = 3;
    private const string AutoScaling = "autoscaling";

    private static readonly string[] MetricAlarmVendors =
        ["automate", "swf", AutoScaling, "sns", "lambda", "ssm", "ssm-incidents", "aiops"];

    private static readonly string[] CompositeAlarmVendors = ["sns", "lambda", "ssm", "ssm-incidents", "aiops"];

    internal static IEnumerable<string> Faults(AlarmDefinition definition, string? region) =>
        definition.OKActions.Concat(definition.AlarmActions).Concat(definition.InsufficientDataActions).Distinct().SelectMany(action =>
            Faults(action, region, MetricAlarmVendors).Concat(
                definition.ThresholdMetricId is not null && Vendor(action) == AutoScaling
                    ? ["An alarm with ThresholdMetricId cannot have Auto Scaling actions."]
                    : []));

    internal static IEnumerable<string> Faults(CompositeAlarmDefinition definition, string? region) =>
        definition.OKActions.Concat(definition.AlarmActions).Concat(definition.InsufficientDataActions).Distinct()
            .SelectMany(action => Faults(action, region, CompositeAlarmVendors));

    /// <summary>Returns the partition of a region: <c>aws</c>, <c>aws-cn</c> or <c>aws-us-gov</c>.</summary>
    internal static string PartitionOf(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
        : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov"
        : "aws";

    private static IEnumerable<string> Faults(string action, string? region, string[] vendors)
    {
        string[] parts = action.Split(':');
        if (parts.Length < MinParts || parts[0] != "arn")
        {
            yield return $"Invalid arn syntax: {action}";
            yield break;
        }

        if (!vendors.Contains(parts[VendorPart]))
        {
            yield return $"Unsupported AWS vendor {parts[VendorPart]}";
        }

        if (region is not null && parts[PartitionPart] != PartitionOf(region))
        {
            yield return $"Invalid partition {parts[PartitionPart]} specified. Only {PartitionOf(region)} is supported.";
        }
        else if (region is not null && parts[RegionPart].Length > 0 && parts[RegionPart] != region)
        {
            yield return $"Invalid region {parts[RegionPart]} specified. Only {region} is supported.";
        }
    }

    private static string Vendor(string action) => action.Split(':') is { Length: > VendorPart } parts ? parts[VendorPart] : "";
}
