namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Returns the display names of regions, as CloudWatch writes them into messages.</summary>
internal static class RegionNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["us-east-1"] = "US East (N. Virginia)",
        ["us-east-2"] = "US East (Ohio)",
        ["us-west-1"] = "US West (N. California)",
        ["us-west-2"] = "US West (Oregon)",
        ["ca-central-1"] = "Canada (Central)",
        ["sa-east-1"] = "South America (Sao Paulo)",
        ["eu-west-1"] = "EU (Ireland)",
        ["eu-west-2"] = "EU (London)",
        ["eu-west-3"] = "EU (Paris)",
        ["eu-central-1"] = "EU (Frankfurt)",
        ["eu-north-1"] = "EU (Stockholm)",
        ["eu-south-1"] = "EU (Milan)",
        ["ap-south-1"] = "Asia Pacific (Mumbai)",
        ["ap-northeast-1"] = "Asia Pacific (Tokyo)",
        ["ap-northeast-2"] = "Asia Pacific (Seoul)",
        ["ap-northeast-3"] = "Asia Pacific (Osaka)",
        ["ap-southeast-1"] = "Asia Pacific (Singapore)",
        ["ap-southeast-2"] = "Asia Pacific (Sydney)",
        ["ap-east-1"] = "Asia Pacific (Hong Kong)",
        ["af-south-1"] = "Africa (Cape Town)",
        ["me-south-1"] = "Middle East (Bahrain)",
    };

    /// <summary>Returns the display name of a region. One that is not known has its code as its name.</summary>
    internal static string Of(string region) => Names.GetValueOrDefault(region, region);
}
