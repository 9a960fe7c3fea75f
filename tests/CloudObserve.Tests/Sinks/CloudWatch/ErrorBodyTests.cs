using System.Text;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>Errors of services that answer in XML, and what looks like it.</summary>
public sealed class ErrorBodyTests
{
    private const string Begin = """<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type>""";

    [Theory]
    [InlineData(Begin + "<Code>NotFound</Code><Message>Topic &lt;ops&gt; does not exist</Message></Error></ErrorResponse>",
        "NotFound", "Topic <ops> does not exist")]
    [InlineData(Begin + "<Code> Throttling </Code><Message/></Error></ErrorResponse>", "Throttling", "")]
    [InlineData(Begin + "<Code>Throttling</Code><Mess", "Throttling", "")]
    [InlineData("<html><body><Code>x</Code></body></html>", null, "<html><body><Code>x</Code></body></html>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><ErrorResponse><Code>&b;</Code></ErrorResponse>", null,
        "<!DOCTYPE a [<!ENTITY b \"c\">]><ErrorResponse><Code>&b;</Code></ErrorResponse>")]
    [InlineData("<", null, "<")]
    public void An_error_in_XML_is_read_and_nothing_else_is_taken_for_one(string body, string? code, string message)
    {
        ErrorBody found = ErrorBody.Read(Encoding.UTF8.GetBytes(body));

        Assert.Equal((code, message), (found.Code, found.Message));
    }
}
