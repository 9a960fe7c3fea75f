using System.Net.Http;
using System.Net.Sockets;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class ErrorClassifierTests
{
    public static TheoryData<Exception, ErrorClass, bool> Cases => new()
    {
        { new OperationCanceledException(), ErrorClass.Ambiguous, true },
        { new TaskCanceledException(), ErrorClass.Ambiguous, true },
        { new TimeoutException(), ErrorClass.Ambiguous, true },
        { new IOException("broken pipe"), ErrorClass.Ambiguous, true },
        { new SocketException((int)SocketError.ConnectionRefused), ErrorClass.Unavailable, true },
        { new SocketException((int)SocketError.HostNotFound), ErrorClass.Unavailable, true },
        { new SocketException((int)SocketError.ConnectionReset), ErrorClass.Ambiguous, true },
        { new IOException("read", new SocketException((int)SocketError.ConnectionReset)), ErrorClass.Ambiguous, true },
        { new HttpRequestException(HttpRequestError.NameResolutionError), ErrorClass.Unavailable, true },
        { new HttpRequestException(HttpRequestError.ConnectionError), ErrorClass.Unavailable, true },
        { new HttpRequestException(HttpRequestError.SecureConnectionError), ErrorClass.Unavailable, true },
        { new HttpRequestException(HttpRequestError.ResponseEnded), ErrorClass.Ambiguous, true },
        { new HttpRequestException("no reason"), ErrorClass.Unavailable, true },
        { new HttpRequestException("sending", new IOException("broken")), ErrorClass.Ambiguous, true },
        { new HttpRequestException("refused", new SocketException((int)SocketError.ConnectionRefused)), ErrorClass.Unavailable, true },
        { new InvalidOperationException("an SDK's wrapper", new HttpRequestException(HttpRequestError.ResponseEnded)),
            ErrorClass.Ambiguous, true },
        { new InvalidOperationException("a fault"), ErrorClass.Unavailable, false },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void An_exception_is_ambiguous_only_if_the_request_may_have_arrived(Exception exception, ErrorClass expected, bool known)
    {
        SendResult result = ErrorClassifier.Classify(exception, out bool wasKnown);

        Assert.Equal((expected, known), (result.Error, wasKnown));
        Assert.Equal(exception.Message, result.Message);
    }
}
