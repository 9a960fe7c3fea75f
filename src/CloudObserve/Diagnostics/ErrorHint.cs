namespace CloudObserve.Diagnostics;

/// <summary>Provides a first hint for each class of errors.</summary>
internal static class ErrorHint
{
    internal const string Unauthorized = "Unauthorized";

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
