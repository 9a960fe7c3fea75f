namespace CloudObserve.Diagnostics;

/// <summary>Provides a first hint for each class of errors.</summary>
internal static class ErrorHint
{
    internal const string Unauthorized = "Unauthorized";

    /// <summary>Returns the hint for a destination that is not known to be a service of AWS.</summary>
    internal static string ForAnyDestination(string errorClass) => errorClass switch
    {
        Unauthorized => "Check the credentials for the destination, their permissions, and the clock.",
        "Throttled" => "The destination asked to slow down: send less, or have its limit raised.",
        "Unavailable" => "Check DNS, proxy and network, or wait for the destination.",
        "MissingResource" => "Create what is missing at the destination.",
        _ => For(errorClass, ""),
    };

    /// <summary>Returns the hint for a service of AWS.</summary>
    internal static string For(string errorClass, string operation) => errorClass switch
    {
        Unauthorized => $"Check the credentials, the region, the clock, and that the role allows the IAM action {operation}.",
        "Throttled" => "The account's quota for this operation is used up: publish less often, or request a higher quota.",
        "Unavailable" => "Check DNS, proxy, VPC endpoint and region, or wait for the service.",
        "MissingResource" => "Create the missing resource, or allow the role to create it.",
        "Ambiguous" => "The response was lost; the retry may deliver the data twice.",
        _ => "",
    };
}
