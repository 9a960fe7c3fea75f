namespace CloudObserve.LogEvents.Redaction;

/// <summary>Contains the kinds of the built-in detectors' findings, as written in markers.</summary>
/// <remarks>They are part of the documented format.</remarks>
internal static class FindingKinds
{
    internal const string AccessKeyId = "aws-access-key-id";
    internal const string SecretAccessKey = "aws-secret-access-key";
    internal const string BearerToken = "bearer-token";
    internal const string BasicCredentials = "basic-credentials";
    internal const string JsonWebToken = "jwt";
    internal const string PrivateKey = "private-key";
    internal const string UrlPassword = "url-password";
    internal const string Signature = "signature";
    internal const string AzureSecret = "azure-secret";
    internal const string DockerToken = "docker-token";
    internal const string GitHubToken = "github-token";
    internal const string GitLabToken = "gitlab-token";
    internal const string GoogleKey = "google-key";
    internal const string NpmToken = "npm-token";
    internal const string NuGetKey = "nuget-key";
    internal const string OpenAiKey = "openai-key";
    internal const string PyPiToken = "pypi-token";
    internal const string SendGridKey = "sendgrid-key";
    internal const string SlackToken = "slack-token";
    internal const string StripeKey = "stripe-key";
    internal const string Field = "field";
    internal const string CardNumber = "card-number";
    internal const string Email = "email";
}
