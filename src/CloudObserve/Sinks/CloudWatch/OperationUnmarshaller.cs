using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>
/// Reads responses of the AWS JSON protocols: the bytes of a success, or an error as a <see cref="ServiceFaultException"/>.
/// </summary>
internal sealed class OperationUnmarshaller : JsonResponseUnmarshaller
{
    internal static readonly OperationUnmarshaller Instance = new();

    // The content and content type of a success are not checked, because emulators and proxies set arbitrary types.
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) => new OperationResponse
    {
        Content = Read(input.Stream),
        ServiceTime = DateTimeOffset.TryParseExact(
            Header(input.ResponseData, "Date"), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time : null,
    };

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        IWebResponseData answer = input.ResponseData;
        ErrorBody error = ErrorBody.Read(Read(input.Stream));
        string code = CloudWatchErrors.ShortCode(
            Header(answer, "x-amzn-query-error") ?? error.Code ?? Header(answer, "x-amzn-ErrorType") ?? "");

        // The SDK reads the server's clock from the inner exception, so it must be passed on.
        string? requestId = Header(answer, "x-amzn-RequestId");
        return new ServiceFaultException(error.Message, innerException, code, requestId, statusCode, Header(answer, "Retry-After"));
    }

    // The response is already in memory and limited in size: see BoundedAnswerHandler, which every HTTP client of the library uses.
    private static byte[] Read(Stream content)
    {
        using MemoryStream whole = new();
        content.CopyTo(whole);
        return whole.Length == 0 ? [] : whole.ToArray();
    }

    private static string? Header(IWebResponseData answer, string name) =>
        answer.IsHeaderPresent(name) ? answer.GetHeaderValue(name) : null;
}
