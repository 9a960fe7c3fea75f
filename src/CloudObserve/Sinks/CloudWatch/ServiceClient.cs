using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>A client of one AWS service, based on the SDK's pipeline.</summary>
/// <remarks>The SDK finds credentials, signs and sends; this library encodes the body.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ServiceClient : AmazonServiceClient
{
    private readonly ServiceConfig _config;
    private readonly AWSCredentials? _explicit;

    internal ServiceClient(ServiceConfig config, AWSCredentials? credentials)
        : base(credentials, config)
    {
        _config = config;
        _explicit = credentials;
    }

    /// <summary>Gets the compression settings of the standard AWS configuration.</summary>
    internal CompressionPolicy Compression => new(!_config.DisableRequestCompression, _config.RequestMinCompressionSizeBytes);

    /// <summary>Makes one attempt.</summary>
    /// <exception cref="ServiceFaultException">The service answered with an error.</exception>
    internal Task<OperationResponse> SendAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        InvokeOptions options = new()
        {
            RequestMarshaller = OperationMarshaller.Instance,
            ResponseUnmarshaller = OperationUnmarshaller.Instance,
        };
        return InvokeAsync<OperationResponse>(request, options, cancellationToken);
    }

    /// <summary>Discards temporary credentials, so that the next request is signed with new ones.</summary>
    /// <returns>Whether the credentials can be refreshed.</returns>
    internal async Task<bool> RenewCredentialsAsync()
    {
        AWSCredentials credentials = _explicit
            ?? await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync(_config).ConfigureAwait(false);
        if (credentials is not RefreshingAWSCredentials refreshing)
        {
            return false;
        }

        refreshing.ClearCredentials();
        return true;
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new EndpointHandler());
        pipeline.AddHandlerAfter<Marshaller>(new SignatureHandler());
        pipeline.AddHandlerAfter<Signer>(new SignedMark());
        pipeline.AddHandlerAfter<Unmarshaller>(new AnsweredMark());
        pipeline.ReplaceHandler<RetryHandler>(new RetryHandler(new ClockSkewRetryPolicy()));
    }

    // The SDK pipeline handler directly after the signer, which records that the request was signed.
    private sealed class SignedMark : PipelineHandler
    {
        public override Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            ArgumentNullException.ThrowIfNull(executionContext);
            ((OperationRequest)executionContext.RequestContext.OriginalRequest).IsSigned = true;
            return base.InvokeAsync<T>(executionContext);
        }
    }

    // The SDK pipeline handler that resolves the endpoint of a request.
    private sealed class EndpointHandler : BaseEndpointResolver
    {
        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
        {
            ArgumentNullException.ThrowIfNull(requestContext);
            return RegionalEndpoints.ParametersOf(requestContext.ClientConfig);
        }
    }

    // The SDK pipeline handler that selects the signature: always SigV4.
    private sealed class SignatureHandler : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
    }
}
