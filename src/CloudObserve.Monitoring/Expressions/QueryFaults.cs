using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Creates the faults of requests.</summary>
internal static class QueryFaults
{
    /// <summary>Returns the fault of a request that breaks a rule.</summary>
    internal static CloudWatchException Invalid(string message) => new("ValidationError", message);

    /// <summary>Returns the fault of a member of a request.</summary>
    internal static CloudWatchException InvalidValue(string path, string rule) =>
        new("InvalidParameterValue", $"The parameter {path} {rule}.");

    /// <summary>Returns the fault of a token that is not one of this request. CloudWatch gives no message.</summary>
    internal static CloudWatchException InvalidToken() => new("InvalidNextToken", "");
}
