namespace CloudObserve.Diagnostics;

/// <summary>What to look at first, by class of error.</summary>
internal static class ErrorHint
{
    internal const string Unauthorized = "Unauthorized";

    internal static string For(string errorClass, string operation) => errorClass switch
    {
        Unauthorized => $"Check the credentials, the region, the clock, and that the role allows the IAM action {operation}.",
        "Throttled" => "The account's quota for this operation is used up: publish less often, or ask for a higher quota.",
        "Unavailable" => "Check DNS, proxy, VPC endpoint and region, or wait for the service.",
        "MissingResource" => "Create what it is addressed to, or allow the role to create it.",
        "Ambiguous" => "The answer was lost on the way; the retry may deliver it twice.",
        _ => "",
    };
}
