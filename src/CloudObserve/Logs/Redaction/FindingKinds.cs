namespace CloudObserve.Logs.Redaction;

/// <summary>What the built-in detectors find, as the markers say it. Part of the documented format.</summary>
internal static class FindingKinds
{
    internal const string AccessKeyId = "aws-access-key-id";
    internal const string SecretAccessKey = "aws-secret-access-key";
    internal const string BearerToken = "bearer-token";
    internal const string JsonWebToken = "jwt";
    internal const string PrivateKey = "private-key";
    internal const string Field = "field";
    internal const string CardNumber = "card-number";
    internal const string Email = "email";
}
