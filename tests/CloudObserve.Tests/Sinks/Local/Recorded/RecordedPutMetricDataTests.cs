using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Delivery;
using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local.Recorded;

public sealed partial class RecordedPutMetricDataTests
{
    private const string File = "recorded-put-metric-data.json";

    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly MetricIdentifier Items = new("Shop/Cart", "Items");

    private readonly LocalCloudWatch _local = new();

    public static TheoryData<string> Names => Recording.Names(File);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_request_is_taken_or_refused_with_the_code_and_text_that_CloudWatch_gave(string name)
    {
        JsonElement row = Recording.Row(File, name);

        SendResult result = Send(row);

        if (row.TryGetProperty("code", out JsonElement code))
        {
            Assert.Equal((ErrorClass.Invalid, code.GetString(), row.GetProperty("message").GetString()),
                (result.Error, result.Code, result.Message));
            Assert.Equal(0, _local.CloudWatch.SeriesCount);
        }
        else
        {
            Assert.True(result.Error == ErrorClass.None, result.ToString());
            Assert.Equal(1, _local.CloudWatch.SeriesCount);
        }
    }

    [Theory]
    [InlineData("values-set", 1.0, 2.0, 2.0, 2.0)]
    [InlineData("counts-zero", 1.0, 2.0, 1.0, 2.0)]
    [InlineData("counts-all-zero", null, null, null, null)]
    [InlineData("set-sum-outside", 2.0, 100.0, 1.0, 2.0)]
    [InlineData("entity-valid", 1.0, 1.0, 1.0, 1.0)]
    public void What_is_taken_can_be_read_as_CloudWatch_answered_it(
        string name, double? count, double? sum, double? minimum, double? maximum)
    {
        Send(Recording.Row(File, name));

        Datapoint? point = _local.Statistics(Noon, Noon.AddHours(1), TimeSpan.FromHours(1), Items).SingleOrDefault();

        Assert.Equal((count, sum, minimum, maximum), (point?.SampleCount, point?.Sum, point?.Minimum, point?.Maximum));
    }

    [Fact]
    public void A_namespace_that_begins_with_a_colon_can_be_read_back()
    {
        Send(Recording.Row(File, "colon-namespace"));

        Assert.Equal(1, _local.Statistics(Noon, Noon.AddHours(1), TimeSpan.FromHours(1), new MetricIdentifier(":Shop/Cart", "Items"))
            .Single().Sum);
    }

    [Fact]
    public void Without_strict_validation_the_datums_of_a_bad_entity_are_kept()
    {
        SendResult result = _local.Send(
            """{"Namespace":"Shop/Cart","StrictEntityValidation":false,"EntityMetricData":[{"Entity":{"KeyAttributes":{"Type":"NoType","Name":"n"}},"MetricData":[{"MetricName":"Items","Value":3}]}]}""");

        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Equal(3, _local.Statistics(Noon, Noon.AddHours(1), TimeSpan.FromHours(1), Items).Single().Sum);
    }

    [Theory]
    [InlineData("4.6970851655476665e+108", "4.6970851655476665E108")]
    [InlineData("-1e200", "-1.0E200")]
    [InlineData("\"NaN\"", "NaN")]
    [InlineData("\"-Infinity\"", "-Infinity")]
    public void A_number_that_is_refused_is_written_as_CloudWatch_writes_it(string value, string text)
    {
        SendResult result = _local.Send($$"""{"Namespace":"Shop","MetricData":[{"MetricName":"m","Value":{{value}}}]}""");

        Assert.Equal($"The value {text} for parameter MetricData.member.1.Value is invalid.", result.Message);
    }

    // A time is written as the seconds that it lies after the request.
    private SendResult Send(JsonElement row) => _local.Send(SecondsAfter().Replace(
        row.GetProperty("body").GetRawText(),
        match => LocalCloudWatch.At(
            Noon.AddSeconds(double.Parse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)))));

    [GeneratedRegex("\"@(-?[0-9]+)\"")]
    private static partial Regex SecondsAfter();
}
