using System.Net;
using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Tests.Sinks.CloudWatch;

public sealed class CloudWatchErrorsTests
{
    [Theory]
    [InlineData("Throttling", 400, ErrorClass.Throttled)]
    [InlineData("ThrottlingException", 400, ErrorClass.Throttled)]
    [InlineData("ThrottledException", 400, ErrorClass.Throttled)]
    [InlineData("TooManyRequestsException", 429, ErrorClass.Throttled)]
    [InlineData("RequestThrottledException", 400, ErrorClass.Throttled)]
    [InlineData("RequestLimitExceeded", 503, ErrorClass.Throttled)]
    [InlineData("SlowDown", 503, ErrorClass.Throttled)]
    [InlineData("ProvisionedThroughputExceededException", 400, ErrorClass.Throttled)]
    [InlineData("BandwidthLimitExceeded", 509, ErrorClass.Throttled)]
    [InlineData("PriorRequestNotComplete", 400, ErrorClass.Throttled)]
    [InlineData("InternalServiceError", 500, ErrorClass.Unavailable)]
    [InlineData("InternalServiceFault", 500, ErrorClass.Unavailable)]
    [InlineData("InternalFailure", 500, ErrorClass.Unavailable)]
    [InlineData("InternalServerException", 500, ErrorClass.Unavailable)]
    [InlineData("ServiceUnavailable", 503, ErrorClass.Unavailable)]
    [InlineData("ServiceUnavailableException", 503, ErrorClass.Unavailable)]
    [InlineData("RequestTimeout", 408, ErrorClass.Unavailable)]
    [InlineData("RequestTimeoutException", 408, ErrorClass.Unavailable)]
    [InlineData("OperationAbortedException", 400, ErrorClass.Unavailable)]
    [InlineData("InvalidSequenceTokenException", 400, ErrorClass.Unavailable)]
    [InlineData("RequestExpired", 400, ErrorClass.Unavailable)]
    [InlineData("RequestTimeTooSkewed", 403, ErrorClass.Unavailable)]
    [InlineData("RequestInTheFuture", 403, ErrorClass.Unavailable)]
    [InlineData("AccessDenied", 403, ErrorClass.Unauthorized)]
    [InlineData("AccessDeniedException", 400, ErrorClass.Unauthorized)]
    [InlineData("UnrecognizedClient", 403, ErrorClass.Unauthorized)]
    [InlineData("UnrecognizedClientException", 400, ErrorClass.Unauthorized)]
    [InlineData("InvalidClientTokenId", 403, ErrorClass.Unauthorized)]
    [InlineData("IncompleteSignature", 400, ErrorClass.Unauthorized)]
    [InlineData("IncompleteSignatureException", 403, ErrorClass.Unauthorized)]
    [InlineData("InvalidSignatureException", 403, ErrorClass.Unauthorized)]
    [InlineData("SignatureDoesNotMatch", 403, ErrorClass.Unauthorized)]
    [InlineData("MissingAuthenticationToken", 403, ErrorClass.Unauthorized)]
    [InlineData("NotAuthorized", 403, ErrorClass.Unauthorized)]
    [InlineData("OptInRequired", 403, ErrorClass.Unauthorized)]
    [InlineData("ExpiredToken", 403, ErrorClass.Unauthorized)]
    [InlineData("ExpiredTokenException", 400, ErrorClass.Unauthorized)]
    [InlineData("InvalidToken", 400, ErrorClass.Unauthorized)]
    [InlineData("AuthFailure", 401, ErrorClass.Unauthorized)]
    [InlineData("UnauthorizedOperation", 403, ErrorClass.Unauthorized)]
    [InlineData("SubscriptionRequiredException", 400, ErrorClass.Unauthorized)]
    [InlineData("ResourceNotFoundException", 400, ErrorClass.MissingResource)]
    [InlineData("LimitExceededException", 400, ErrorClass.MissingResource)]
    [InlineData("UnknownOperationException", 404, ErrorClass.MissingResource)]
    [InlineData("InvalidParameterValue", 400, ErrorClass.Invalid)]
    [InlineData("InvalidParameterValueException", 400, ErrorClass.Invalid)]
    [InlineData("InvalidParameterException", 400, ErrorClass.Invalid)]
    [InlineData("InvalidParameterCombination", 400, ErrorClass.Invalid)]
    [InlineData("MissingParameter", 400, ErrorClass.Invalid)]
    [InlineData("MissingRequiredParameterException", 400, ErrorClass.Invalid)]
    [InlineData("ValidationException", 400, ErrorClass.Invalid)]
    [InlineData("ValidationError", 400, ErrorClass.Invalid)]
    [InlineData("SerializationException", 400, ErrorClass.Invalid)]
    [InlineData("MalformedHttpRequestException", 400, ErrorClass.Invalid)]
    [InlineData("RequestEntityTooLargeException", 413, ErrorClass.TooLarge)]
    [InlineData("ResourceAlreadyExistsException", 400, ErrorClass.None)]
    [InlineData("DataAlreadyAcceptedException", 400, ErrorClass.None)]
    public void Every_code_has_a_class_whatever_the_status(string code, int status, ErrorClass expected)
    {
        Assert.Equal(expected, CloudWatchErrors.Classify(code, (HttpStatusCode)status));
        Assert.Equal(expected, CloudWatchErrors.Classify(code, HttpStatusCode.OK));
    }

    [Theory]
    [InlineData("SomethingNew", 400, ErrorClass.Invalid)]
    [InlineData("SomethingNew", 403, ErrorClass.Unauthorized)]
    [InlineData("SomethingNew", 500, ErrorClass.Unavailable)]
    [InlineData("", 301, ErrorClass.Unavailable)]
    [InlineData("", 400, ErrorClass.Unavailable)]
    [InlineData("", 401, ErrorClass.Unauthorized)]
    [InlineData("", 403, ErrorClass.Unauthorized)]
    [InlineData("", 404, ErrorClass.MissingResource)]
    [InlineData("", 407, ErrorClass.Unauthorized)]
    [InlineData("", 408, ErrorClass.Unavailable)]
    [InlineData("", 413, ErrorClass.TooLarge)]
    [InlineData("", 429, ErrorClass.Throttled)]
    [InlineData("", 500, ErrorClass.Unavailable)]
    [InlineData("", 502, ErrorClass.Ambiguous)]
    [InlineData("", 503, ErrorClass.Unavailable)]
    [InlineData("", 504, ErrorClass.Ambiguous)]
    public void The_status_decides_only_for_codes_nobody_knows(string code, int status, ErrorClass expected)
    {
        Assert.Equal(expected, CloudWatchErrors.Classify(code, (HttpStatusCode)status));
    }

    [Theory]
    [InlineData("InvalidParameterValue;Sender", "InvalidParameterValue")]
    [InlineData("com.amazonaws.cloudwatch#ThrottlingException", "ThrottlingException")]
    [InlineData("com.amazon.coral.service#InternalFailure:http://internal.amazon.com/", "InternalFailure")]
    [InlineData("Throttling", "Throttling")]
    [InlineData("", "")]
    public void A_code_is_cut_to_its_name(string raw, string expected)
    {
        Assert.Equal(expected, CloudWatchErrors.ShortCode(raw));
    }
}
