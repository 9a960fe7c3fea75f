namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>CloudWatch's rules for a namespace.</summary>
/// <remarks>The service model forbids a colon at the beginning. The service itself takes it, so it is taken here.</remarks>
internal static class NamespaceRules
{
    /// <summary>CloudWatch: namespaces that begin so belong to AWS services and take no custom metrics.</summary>
    private const string ReservedPrefix = "AWS/";

    internal static void Check(string? value, string path)
    {
        NameRules.CheckText(value, path, PutMetricDataLimits.MaxNameLength);
        if (value!.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            throw ErrorCodes.Invalid(path, $"must not begin with {ReservedPrefix}, which is reserved");
        }
    }
}
