using Amazon.Runtime;

namespace CloudObserve;

/// <summary>Options for the AWS region, endpoint and credentials, where they differ from the standard AWS chain.</summary>
/// <remarks>
/// Every value is optional. A value that is <see langword="null"/> is determined as in every AWS SDK: by environment variables
/// (<c>AWS_REGION</c>, <c>AWS_PROFILE</c>, <c>AWS_ENDPOINT_URL_CLOUDWATCH</c>, <c>AWS_ENDPOINT_URL_CLOUDWATCH_LOGS</c>,
/// <c>AWS_USE_FIPS_ENDPOINT</c>, ...), the shared configuration files, and the role of the container or instance.
/// </remarks>
/// <threadsafety>Not safe for concurrent use. The options are read when the first batch is sent.</threadsafety>
public sealed class AwsOptions
{
    /// <summary>Gets or sets the region, such as <c>eu-west-1</c>.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain finds it.</value>
    public string? Region { get; set; }

    /// <summary>
    /// Gets or sets the profile of the shared configuration files, which provides credentials and the default <see cref="Region"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: <c>AWS_PROFILE</c>, or <c>default</c>.</value>
    public string? Profile { get; set; }

    /// <summary>Gets or sets the service endpoint for metrics and logs, such as that of an emulator. Alarms and topics of
    /// CloudObserve.Monitoring use it too.</summary>
    /// <value>The default is <see langword="null"/>: <c>AWS_ENDPOINT_URL_CLOUDWATCH</c> and <c>AWS_ENDPOINT_URL_CLOUDWATCH_LOGS</c>,
    /// <c>AWS_ENDPOINT_URL</c>, or the public endpoints of the region.</value>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Gets or sets the credentials that sign requests.</summary>
    /// <value>The default is <see langword="null"/>: the standard chain provides them, and refreshes them when they change.</value>
    public AWSCredentials? Credentials { get; set; }
}
