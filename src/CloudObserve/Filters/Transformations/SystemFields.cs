namespace CloudObserve.Filters.Transformations;

/// <summary>Contains the names of the system fields of CloudWatch Logs that a metric filter can use as dimensions.</summary>
internal static class SystemFields
{
    /// <summary>The name of the log group.</summary>
    internal const string SourceLog = "@source.log";

    /// <summary>The number of the account.</summary>
    internal const string Account = "@aws.account";

    /// <summary>The region.</summary>
    internal const string Region = "@aws.region";

    internal static readonly string[] All = [Account, Region, SourceLog];
}
