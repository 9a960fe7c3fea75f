using CloudObserve.Contracts;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks a namespace against CloudWatch's rules.</summary>
/// <remarks>The service model forbids a leading colon, but the service accepts it, so it is accepted here.</remarks>
internal static class NamespaceRules
{
    /// <summary>CloudWatch: namespaces with this prefix belong to AWS services and accept no custom metrics.</summary>
    private const string ReservedPrefix = "AWS/";

    internal static void Check(string? value, string path)
    {
        NameRules.CheckText(value, path, ServiceLimits.PutMetricData.MaxNameLength);
        if (value!.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            throw ErrorCodes.Invalid(path, $"must not begin with {ReservedPrefix}, which is reserved");
        }
    }
}
