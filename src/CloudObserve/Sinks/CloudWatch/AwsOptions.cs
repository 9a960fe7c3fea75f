using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Where in AWS to deliver, and as whom, when the standard AWS chain shall not decide it.</summary>
/// <remarks>
/// Nothing here needs to be set. What is left <see langword="null"/> is found as every AWS SDK finds it: environment variables
/// (<c>AWS_REGION</c>, <c>AWS_PROFILE</c>, <c>AWS_ENDPOINT_URL_CLOUDWATCH</c>, <c>AWS_ENDPOINT_URL_CLOUDWATCH_LOGS</c>, <c>AWS_USE_FIPS_ENDPOINT</c>,
/// ...), the shared configuration files, and the role of the container or instance.
/// </remarks>
/// <threadsafety>Not safe for concurrent use. It is read when the first batch is sent.</threadsafety>
public sealed class AwsOptions
{
    /// <summary>Gets or sets the region, such as <c>eu-west-1</c>.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds it.</value>
    public string? Region { get; set; }

    /// <summary>Gets or sets the profile of the shared configuration files that gives credentials and, if <see cref="Region"/> is not set, the region.</summary>
    /// <value>The default is <see langword="null"/>: <c>AWS_PROFILE</c>, or <c>default</c>.</value>
    public string? Profile { get; set; }

    /// <summary>Gets or sets the address of the service, such as that of an emulator; metrics and logs both go there.</summary>
    /// <value>The default is <see langword="null"/>: <c>AWS_ENDPOINT_URL_CLOUDWATCH</c> and <c>AWS_ENDPOINT_URL_CLOUDWATCH_LOGS</c>, <c>AWS_ENDPOINT_URL</c>, or the public endpoints of the region.</value>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Gets or sets the credentials to sign with.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds them, and finds them anew when they change.</value>
    public AWSCredentials? Credentials { get; set; }
}
