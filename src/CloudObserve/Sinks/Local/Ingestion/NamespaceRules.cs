namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>CloudWatch's rules for a namespace.</summary>
internal static class NamespaceRules
{
    /// <summary>CloudWatch: namespaces that begin so belong to AWS services and take no custom metrics.</summary>
    private const string ReservedPrefix = "AWS/";

    internal static void Check(string? value, string path)
    {
        NameRules.CheckText(value, path, PutMetricDataLimits.MaxNameLength);
        NameRules.CheckNoLeadingColon(value!, path);
        if (value!.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            throw ErrorCodes.Invalid(path, $"must not begin with {ReservedPrefix}, which is reserved");
        }
    }
}
