using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Reads answers of the AWS JSON protocols. A success is its bytes; an error becomes a <see cref="ServiceFaultException"/>.</summary>
internal sealed class OperationUnmarshaller : JsonResponseUnmarshaller
{
    internal static readonly OperationUnmarshaller Instance = new();

    // Neither a success's meaning nor its content type is looked at here: emulators and proxies label it as they like.
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new OperationResponse
    {
        Content = Read(input.Stream),
        ServiceTime = DateTimeOffset.TryParseExact(
            Header(input.ResponseData, "Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null,
    };

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        IWebResponseData answer = input.ResponseData;
        ErrorBody error = ErrorBody.Read(Read(input.Stream));
        string code = CloudWatchErrors.ShortCode(Header(answer, "x-amzn-query-error") ?? error.Code ?? Header(answer, "x-amzn-ErrorType") ?? "");

        // The SDK finds the server's clock through the inner exception, so it must be handed on.
        string? requestId = Header(answer, "x-amzn-RequestId");
        return new ServiceFaultException(error.Message, innerException, code, requestId, statusCode, Header(answer, "Retry-After"));
    }

    // The answer is bounded and in memory already: see BoundedAnswerHandler, which every client of the library has.
    private static byte[] Read(Stream content)
    {
        using MemoryStream whole = new();
        content.CopyTo(whole);
        return whole.Length == 0 ? [] : whole.ToArray();
    }

    private static string? Header(IWebResponseData answer, string name) =>
        answer.IsHeaderPresent(name) ? answer.GetHeaderValue(name) : null;
}
