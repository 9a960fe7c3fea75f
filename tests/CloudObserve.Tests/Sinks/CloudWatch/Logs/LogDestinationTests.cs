using System.Text;
using CloudObserve.Sinks.CloudWatch.Logs;

namespace CloudObserve.Tests.Sinks.CloudWatch.Logs;

public sealed class LogDestinationTests
{
    [Theory]
    [InlineData("""{"logGroupName":"/shop","logStreamName":"host/1","logEvents":[{"timestamp":1,"message":"m"}]}""")]
    [InlineData("""{"logStreamName":"host/1","logGroupName":"/shop"}""")]
    [InlineData("""{"logEvents":[{"logGroupName":"wrong"}],"entity":{"logStreamName":"wrong"},"logGroupName":"/shop","logStreamName":"host/1"}""")]
    [InlineData("""{"logGroupName":"\/shop","logStreamName":"host/\u0031","logEvents":[ cut off""")]
    public void The_names_are_read_wherever_they_stand(string body) => Assert.Equal(new LogDestination("/shop", "host/1"), Of(body));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not JSON")]
    [InlineData("""{"logGroupName":"/shop","logEvents":[]}""")]
    [InlineData("""{"logGroupName":"/shop","logStreamName":null}""")]
    [InlineData("""{"logGroupName":7,"logStreamName":"host/1"}""")]
    public void A_body_that_does_not_name_both_has_no_destination(string body) => Assert.Null(Of(body));

    private static LogDestination? Of(string body) => LogDestination.Of(Encoding.UTF8.GetBytes(body));
}
