using CloudObserve.Local;
using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class StatisticParserTests
{
    [Theory]
    [InlineData("SampleCount", "SampleCount", null, null, true)]
    [InlineData("Average", "Average", null, null, true)]
    [InlineData("Sum", "Sum", null, null, true)]
    [InlineData("Minimum", "Minimum", null, null, true)]
    [InlineData("Maximum", "Maximum", null, null, true)]
    [InlineData("p99.9", "Percentile", null, 99.9, true)]
    [InlineData("p0", "Percentile", null, 0.0, true)]
    [InlineData("p0.0", "Percentile", null, 0.0, true)]
    [InlineData("p100", "Percentile", null, 100.0, true)]
    [InlineData("p99.0123456789", "Percentile", null, 99.0123456789, true)]
    [InlineData("p100.5", "Percentile", null, 100.0, true)]
    [InlineData("tm90", "TrimmedMean", null, 90.0, true)]
    [InlineData("tc90", "TrimmedCount", null, 90.0, true)]
    [InlineData("ts90", "TrimmedSum", null, 90.0, true)]
    [InlineData("wm90", "WinsorizedMean", null, 90.0, true)]
    [InlineData("IQM", "TrimmedMean", 25.0, 75.0, true)]
    [InlineData("TM(10%:90%)", "TrimmedMean", 10.0, 90.0, true)]
    [InlineData("TM(:90%)", "TrimmedMean", null, 90.0, true)]
    [InlineData("TM(10%:)", "TrimmedMean", 10.0, null, true)]
    [InlineData("TC(0.5:30)", "TrimmedCount", 0.5, 30.0, false)]
    [InlineData("TS(:1e3)", "TrimmedSum", null, 1000.0, false)]
    [InlineData("WM(2.5E-3:)", "WinsorizedMean", 0.0025, null, false)]
    [InlineData("PR(100:2000)", "PercentileRank", 100.0, 2000.0, false)]
    [InlineData("PR(:300)", "PercentileRank", null, 300.0, false)]
    public void A_statistic_is_read(string text, string kind, double? lower, double? upper, bool inPercent)
    {
        Statistic statistic = StatisticParser.Parse(text, "Stat");

        Assert.Equal((text, kind), (statistic.Name, statistic.Kind.ToString()));
        Assert.Equal(new StatisticBounds(lower, upper, inPercent), statistic.Bounds);
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("iqr")]
    [InlineData("P99")]
    [InlineData("99")]
    [InlineData(" p99")]
    [InlineData("p")]
    [InlineData("p-1")]
    [InlineData("p99x")]
    [InlineData("p99.12345678901")]
    [InlineData("p1e1")]
    [InlineData("TM")]
    [InlineData("TM(")]
    [InlineData("TM(10%")]
    [InlineData("TM(10%:")]
    [InlineData("TM(10%:90%")]
    [InlineData("TM(10%:90%)x")]
    [InlineData("TM(:)")]
    [InlineData("TM(10%:90)")]
    [InlineData("TM(90%:10%)")]
    [InlineData("TM(5:5)")]
    [InlineData("TM(10%:101%)")]
    [InlineData("TM(1e1%:90%)")]
    [InlineData("TM(1e:)")]
    [InlineData("PR(10%:90%)")]
    [InlineData("p101")]
    [InlineData("tm101")]
    [InlineData("p101.5")]
    [InlineData("TM(100.5%:)")]
    public void A_text_that_is_none_is_refused(string text)
    {
        CloudWatchException exception = Assert.Throws<CloudWatchException>(() => StatisticParser.Parse(text, "Stat"));

        Assert.Equal(("InvalidParameterValue", $"The value {text} for parameter Stat is not supported."),
            (exception.Code, exception.Message));
    }

    [Fact]
    public void An_empty_statistic_is_missing_and_one_of_more_than_50_characters_too_long()
    {
        Assert.Equal("MissingParameter", Assert.Throws<CloudWatchException>(() => StatisticParser.Parse("", "Stat")).Code);
        Assert.Contains("is not supported",
            Assert.Throws<CloudWatchException>(() => StatisticParser.Parse($"p{new string('1', 50)}", "Stat")).Message,
            StringComparison.Ordinal);
    }
}
