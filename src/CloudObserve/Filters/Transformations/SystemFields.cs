namespace CloudObserve.Filters.Transformations;

/// <summary>The fields of CloudWatch Logs itself that a metric filter can take for dimensions.</summary>
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
