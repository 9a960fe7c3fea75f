using CloudObserve.Delivery;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using CloudObserve.Tests.Conventions;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.Tests.Documentation;

public sealed class TroubleshootingTests
{
    private static readonly string Page = Repository.ReadText("docs/troubleshooting.md");

    [Fact]
    public void Each_quoted_line_is_one_that_is_logged() => Rule.Holds("People search for what they see.", QuotedLines.Violations(Page));

    [Fact]
    public void Each_warning_and_error_is_explained() =>
        Rule.Holds("Who is warned wants to know what to do.", QuotedLines.Unexplained(Page));

    [Fact]
    public void Each_reason_of_a_loss_is_explained() => Rule.Holds(
        "The books name reasons, the page says what to do about each.",
        LossReason.Common.Concat(MetricLossReasons.All).Concat(LogLossReasons.All)
            .Select(r => r.Name).Where(r => !Page.Contains($"`{r}`", StringComparison.Ordinal)));

    [Fact]
    public void The_quoted_fault_of_the_configuration_is_what_is_said()
    {
        IConfigurationRoot zero = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("CloudObserve:Metrics:PublishInterval", (string?)"00:00:00")]).Build();

        Assert.Contains($"OptionFaultsException: {Assert.Single(BoundOptions.Faults(zero))}\n", Page.ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("warn: CloudObserve.Host[499]\n      Anything.", "no message has the id 499")]
    [InlineData("info: CloudObserve.Host[401]\n      CloudObserve publishes.", "should be 'warn: CloudObserve.Host[401]'", "401 says")]
    [InlineData("info: CloudObserve.Delivery[400]\n      CloudObserve publishes to Amazon CloudWatch.",
        "should be 'info: CloudObserve.Host[400]'")]
    [InlineData("info: CloudObserve.Host[400]\n      CloudObserve sends to Amazon CloudWatch.", "400 says")]
    public void A_planted_line_that_is_not_logged_is_caught(string text, params string[] named)
    {
        string[] found = [.. QuotedLines.Violations(text)];

        Assert.Equal(named.Length, found.Length);
        Assert.All(named.Zip(found), p => Assert.Contains(p.First, p.Second, StringComparison.Ordinal));
    }

    [Fact]
    public void A_planted_omission_is_caught() => Assert.Contains(
        QuotedLines.Unexplained(Page.Replace("[304]", "[305]", StringComparison.Ordinal)), u => u == "304 DataLost is not in the document");
}
