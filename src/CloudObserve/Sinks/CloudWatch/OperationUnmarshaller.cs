using System.Buffers;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Runtime.Internal.Util;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Reads answers of the AWS JSON protocols. A success is its bytes; an error becomes a <see cref="ServiceFaultException"/>.</summary>
internal sealed class OperationUnmarshaller : JsonResponseUnmarshaller
{
    internal static readonly OperationUnmarshaller Instance = new();

    // A hundred times what the operations here have to say. An endless page of some proxy must not fill the memory.
    private const int MaxContentBytes = 16 * 1024;

    // Neither a success's meaning nor its content type is looked at here: emulators and proxies label it as they like.
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new OperationResponse { Content = Read(input.Stream) };

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        IWebResponseData answer = input.ResponseData;
        StreamingUtf8JsonReader reader = new(input.Stream);
        ErrorResponse error = JsonErrorResponseUnmarshaller.GetInstance().Unmarshall(input, ref reader);
        string code = CloudWatchErrors.ShortCode(Header(answer, "x-amzn-query-error") ?? error.Code ?? "");

        // The SDK finds the server's clock through the inner exception, so it must be handed on.
        return new ServiceFaultException(error.Message ?? "", innerException, code, error.RequestId, statusCode, Header(answer, "Retry-After"));
    }

    private static byte[] Read(Stream content)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxContentBytes);
        try
        {
            int length = content.ReadAtLeast(buffer.AsSpan(0, MaxContentBytes), MaxContentBytes, throwOnEndOfStream: false);
            return buffer[..length];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? Header(IWebResponseData answer, string name) =>
        answer.IsHeaderPresent(name) ? answer.GetHeaderValue(name) : null;
}
