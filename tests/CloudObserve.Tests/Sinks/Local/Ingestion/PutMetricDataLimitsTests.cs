using CloudObserve.Delivery;

namespace CloudObserve.Tests.Sinks.Local.Ingestion;

public sealed class PutMetricDataLimitsTests
{
    private const string Value = "InvalidParameterValue";
    private const string Missing = "MissingParameter";
    private const string Combination = "InvalidParameterCombination";
    private const string Malformed = "MalformedHttpRequestException";

    private readonly LocalCloudWatch _local = new();

    /// <summary>The edges that are still allowed, each a namespace and a datum.</summary>
    public static TheoryData<string, string> Allowed => new()
    {
        { new string('n', 255), Datum("") },
        { "Shop/Check out", Datum("") },
        { "AWSome", Datum("") },
        { "Shop", $$"""{"MetricName":"{{new string('m', 255)}}","Value":1}""" },
        { "Shop", Datum($"\"Dimensions\":{Dimensions(30)}") },
        { "Shop", Datum($$"""  "Dimensions":[{"Name":"{{new string('d', 255)}}","Value":"{{new string('v', 1024)}}"}]  """) },
        { "Shop", Datum("\"Dimensions\":[]") },
        { "Shop", Datum("\"Unit\":\"Count/Second\"") },
        { "Shop", Datum("\"StorageResolution\":1") },
        { "Shop", Datum("\"StorageResolution\":60") },
        { "Shop", Datum($"\"Timestamp\":{LocalCloudWatch.At(LocalCloudWatch.Noon.AddDays(-14))}") },
        { "Shop", Datum($"\"Timestamp\":{LocalCloudWatch.At(LocalCloudWatch.Noon.AddHours(2))}") },
        { "Shop", """{"MetricName":"m","Value":2.348542582773833e108}""" },
        { "Shop", """{"MetricName":"m","Value":2.3485425827738332e108}""" },
        { "Shop", """{"MetricName":"m","Value":-2.348542582773833e108}""" },
        { "Shop", $$"""{"MetricName":"m","Values":{{Numbers(150)}}}""" },
        { "Shop", $$"""{"MetricName":"m","Values":{{Numbers(150)}},"Counts":{{Numbers(150)}}}""" },
        { "Shop", """{"MetricName":"m","Values":[1],"Counts":[0.5]}""" },
        { "Shop", """{"MetricName":"m","Values":[1,2],"Counts":[1,0]}""" },
        { "Shop", $$"""{"MetricName":"m","Values":[1],"StatisticValues":{{Set()}}}""" },
        { ":Shop", Datum("") },
        { "Shop", """{"MetricName":"m","StatisticValues":{"SampleCount":2,"Sum":-1,"Minimum":-3,"Maximum":2}}""" },
    };

    /// <summary>The refused requests: a namespace (JSON), a datum, the code, and the text the message must contain.</summary>
    public static TheoryData<string, string, string, string> Refused => new()
    {
        { "null", Datum(""), Missing, "Namespace is required" },
        { "\"\"", Datum(""), Value, "Namespace must not be empty" },
        { $"\"{new string('n', 256)}\"", Datum(""), Value, "Namespace must be shorter than 256 characters" },
        { "\"AWS/EC2\"", Datum(""), Value, "Namespace must not begin with AWS/" },
        { "\"  \"", Datum(""), Value, "Namespace must contain at least one" },
        { "\"Caf\\u00e9\"", Datum(""), Value, "Namespace must contain only printable ASCII" },
        { "\"a\\tb\"", Datum(""), Value, "Namespace must contain only printable ASCII" },
        { "\"Shop\"", """{"Value":1}""", Missing, "MetricData.member.1.MetricName is required" },
        { "\"Shop\"", """{"MetricName":"","Value":1}""", Value, "MetricData.member.1.MetricName must not be empty" },
        { "\"Shop\"", $$"""{"MetricName":"{{new string('m', 256)}}","Value":1}""", Value,
            "MetricData.member.1.MetricName must be shorter than 256" },
        { "\"Shop\"", Datum($"\"Dimensions\":{Dimensions(31)}"), Value,
            "collection MetricData.member.1.Dimensions must not have a size greater than 30" },
        { "\"Shop\"", Dimension("""{"Value":"v"}"""), Missing, "Dimensions.member.2.Name is required" },
        { "\"Shop\"", Dimension("""{"Name":"n"}"""), Missing, "Dimensions.member.2.Value is required" },
        { "\"Shop\"", Dimension("""{"Name":"","Value":"v"}"""), Value, "Dimensions.member.2.Name must not be empty" },
        { "\"Shop\"", Dimension("""{"Name":"n","Value":""}"""), Value, "Dimensions.member.2.Value must not be empty" },
        { "\"Shop\"", Dimension("""{"Name":" ","Value":"v"}"""), Value, "Dimensions.member.2.Name must contain at least one" },
        { "\"Shop\"", Dimension("""{"Name":"n","Value":"  "}"""), Value, "Dimensions.member.2.Value must contain at least one" },
        { "\"Shop\"", Dimension("""{"Name":":n","Value":"v"}"""), Value, "Dimensions.member.2.Name must not begin with a colon" },
        { "\"Shop\"", Dimension("""{"Name":"n\u00fc","Value":"v"}"""), Value,
            "Dimensions.member.2.Name must contain only printable ASCII" },
        { "\"Shop\"", Dimension("""{"Name":"n","Value":"\u0007"}"""), Value,
            "Dimensions.member.2.Value must contain only printable ASCII" },
        { "\"Shop\"", Dimension($$"""{"Name":"{{new string('d', 256)}}","Value":"v"}"""), Value,
            "Dimensions.member.2.Name must be shorter than 256" },
        { "\"Shop\"", Dimension($$"""{"Name":"n","Value":"{{new string('v', 1025)}}"}"""), Value,
            "Dimensions.member.2.Value must be shorter than 1025" },
        { "\"Shop\"", Dimension("""{"Name":"first","Value":"again"}"""), Value, "No metric may specify the same dimension name twice." },
        { "\"Shop\"", Datum("\"Unit\":\"Minutes\""), Value, "MetricData.member.1.Unit must be a value in the set" },
        { "\"Shop\"", Datum("\"Unit\":\"count\""), Value, "MetricData.member.1.Unit must be a value in the set" },
        { "\"Shop\"", Datum("\"StorageResolution\":7"), Value, "MetricData.member.1.StorageResolution must be 1 or 60" },
        { "\"Shop\"", Datum($"\"Timestamp\":{LocalCloudWatch.At(LocalCloudWatch.Noon.AddDays(-14).AddSeconds(-1))}"), Value,
            "must specify a time within the past two weeks." },
        { "\"Shop\"", Datum($"\"Timestamp\":{LocalCloudWatch.At(LocalCloudWatch.Noon.AddHours(2).AddSeconds(1))}"), Value,
            "no more than two hours in the future" },
        { "\"Shop\"", Datum($"\"Timestamp\":{LocalCloudWatch.Noon.ToUnixTimeMilliseconds()}"), Value,
            "no more than two hours in the future" },
        { "\"Shop\"", Datum("\"Timestamp\":\"NaN\""), Value, "MetricData.member.1.Timestamp" },
        { "\"Shop\"", Datum("\"Timestamp\":\"2026-06-15T12:00:00Z\""), Malformed, "a number was expected" },
        { "\"Shop\"", """{"MetricName":"m","Value":"NaN"}""", Value, "The value NaN for parameter MetricData.member.1.Value is invalid" },
        { "\"Shop\"", """{"MetricName":"m","Value":"Infinity"}""", Value, "parameter MetricData.member.1.Value is invalid" },
        { "\"Shop\"", """{"MetricName":"m","Value":"-Infinity"}""", Value, "parameter MetricData.member.1.Value is invalid" },
        { "\"Shop\"", """{"MetricName":"m","Value":1e999}""", Value, "parameter MetricData.member.1.Value is invalid" },
        { "\"Shop\"", """{"MetricName":"m","Value":2.3485425827738335e108}""", Value, "parameter MetricData.member.1.Value is invalid" },
        { "\"Shop\"", """{"MetricName":"m","Value":-2.35e108}""", Value, "parameter MetricData.member.1.Value is invalid" },
        { "\"Shop\"", """{"MetricName":"m","Value":"1"}""", Malformed, "a number was expected" },
        { "\"Shop\"", """{"MetricName":"m"}""", Combination, "At least one of the parameters must be specified." },
        { "\"Shop\"", """{"MetricName":"m","Values":[]}""", Combination, "At least one of the parameters must be specified." },
        { "\"Shop\"", """{"MetricName":"m","Value":1,"Values":[1]}""", Combination,
            "MetricData.member.1.Value and MetricData.member.1.Values are mutually exclusive" },
        { "\"Shop\"", $$"""{"MetricName":"m","Value":1,"StatisticValues":{{Set()}}}""", Combination,
            "MetricData.member.1.Value and MetricData.member.1.StatisticValues are mutually exclusive" },
        { "\"Shop\"", """{"MetricName":"m","Value":1,"Counts":[1]}""", Combination,
            "The parameter values must appears when the counts parameter is specified." },
        { "\"Shop\"", $$"""{"MetricName":"m","Values":{{Numbers(151)}}}""", Value,
            "collection MetricData.member.1.Values must not have a size greater than 150" },
        { "\"Shop\"", """{"MetricName":"m","Values":[1,2],"Counts":[1]}""", Value, "MetricData.member.1.Counts must have as many items" },
        { "\"Shop\"", """{"MetricName":"m","Values":[1,2],"Counts":[]}""", Value, "MetricData.member.1.Counts must have as many items" },
        { "\"Shop\"", """{"MetricName":"m","Values":[1,"NaN"]}""", Value, "parameter MetricData.member.1.Values.member.2 is invalid" },
        { "\"Shop\"", """{"MetricName":"m","Values":[1,2],"Counts":[1,-1]}""", Value,
            "MetricData.member.1.Counts must contain only values greater than 0" },
        { "\"Shop\"", """{"MetricName":"m","Values":[1],"Counts":["Infinity"]}""", Value,
            "parameter MetricData.member.1.Counts.member.1 is invalid" },
        { "\"Shop\"", """{"MetricName":"m","StatisticValues":{"Sum":1,"Minimum":1,"Maximum":1}}""", Missing,
            "StatisticValues.SampleCount is required" },
        { "\"Shop\"", """{"MetricName":"m","StatisticValues":{"SampleCount":1,"Minimum":1,"Maximum":1}}""", Missing,
            "StatisticValues.Sum is required" },
        { "\"Shop\"", """{"MetricName":"m","StatisticValues":{"SampleCount":1,"Sum":1,"Maximum":1}}""", Missing,
            "StatisticValues.Minimum is required" },
        { "\"Shop\"", """{"MetricName":"m","StatisticValues":{"SampleCount":1,"Sum":1,"Minimum":1}}""", Missing,
            "StatisticValues.Maximum is required" },
        { "\"Shop\"", $$"""{"MetricName":"m","StatisticValues":{{Set(count: "0")}}}""", Value,
            "StatisticValues.SampleCount must be greater than 0" },
        { "\"Shop\"", $$"""{"MetricName":"m","StatisticValues":{{Set(minimum: "3")}}}""", Value,
            "StatisticValues.Maximum must be greater than MetricData.member.1.StatisticValues.Minimum" },
        { "\"Shop\"", $$"""{"MetricName":"m","StatisticValues":{{Set(minimum: "\"NaN\"")}}}""", Value,
            "StatisticValues.Minimum is invalid" },
        { "\"Shop\"", "7", Malformed, "a structure was expected" },
        { "7", Datum(""), Malformed, "a string was expected" },
    };

    /// <summary>Bodies that are wrong as a whole.</summary>
    public static TheoryData<string, string> RefusedBodies => new()
    {
        { "", Malformed },
        { "[]", Malformed },
        { "{\"Namespace\":\"Shop\"", Malformed },
        { """{"Namespace":"Shop","MetricData":[{"MetricName":"m","Value":1}]} x""", Malformed },
        { """{"Namespace":"\ud800","MetricData":[]}""", Malformed },
        { "null", Missing },
        { """{"Namespace":"Shop"}""", Missing },
        { """{"Namespace":"Shop","MetricData":[]}""", Missing },
        { """{"Namespace":"Shop","MetricData":{}}""", Malformed },
        { """{"Namespace":"Shop","EntityMetricData":[]}""", Missing },
        { """{"Namespace":"Shop","EntityMetricData":[{"MetricData":[]}],"StrictEntityValidation":true}""", Missing },
        { """{"Namespace":"Shop","EntityMetricData":[{"MetricData":[{"MetricName":"m","Value":1}]}],"StrictEntityValidation":1}""",
            Malformed },
        { $$"""{"Namespace":"Shop","EntityMetricData":[{},{},{}],"StrictEntityValidation":true}""", Value },
        { Entity("""{"Name":"n"}"""), Value },
        { Entity("""{"Type":"Service","Name":"n"}"""), Value },
        { Entity("""{"Type":"Service","Name":"n","Environment":""}"""), Value },
        { Entity("""{"Type":"AWS::Resource","Identifier":"i"}"""), Value },
        { Entity("""{"Type":"AWS::Service","Name":"n","Colour":"red"}"""), Value },
        { Entity("""{"Type":"AWS::Service","Name":"n"}""", """{"":"empty"}"""), Value },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void What_is_just_within_a_limit_is_taken(string metricNamespace, string datum)
    {
        SendResult result = _local.Send($$"""{"Namespace":"{{metricNamespace}}","MetricData":[{{datum}}]}""");

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        Assert.Equal(1, _local.CloudWatch.SeriesCount);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_breaks_a_rule_is_refused_with_the_code_and_the_member_at_fault(
        string metricNamespace, string datum, string code, string message)
    {
        SendResult result = _local.Send($$"""{"Namespace":{{metricNamespace}},"MetricData":[{{datum}}]}""");

        Assert.Equal((ErrorClass.Invalid, code), (result.Error, result.Code));
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.Equal(0, _local.CloudWatch.SeriesCount);
    }

    [Theory]
    [MemberData(nameof(RefusedBodies))]
    public void A_body_of_the_wrong_shape_is_refused(string body, string code)
    {
        SendResult result = _local.Send(body);

        Assert.Equal((ErrorClass.Invalid, code), (result.Error, result.Code));
        Assert.Equal(0, _local.CloudWatch.SeriesCount);
    }

    [Fact]
    public void Every_unit_of_the_list_is_taken_and_there_are_27()
    {
        string[] units =
        [
            "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits",
            "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second",
            "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second",
            "Terabits/Second", "Count/Second", "None",
        ];

        _local.Put([.. units.Select(unit => Datum($"\"Unit\":\"{unit}\""))]);

        Assert.Equal(27, units.Length);
        Assert.Equal(1, _local.CloudWatch.SeriesCount);
        Assert.Equal(27,
            _local.Statistics(LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1), TimeSpan.FromHours(1), new("Shop", "m")).Count);
    }

    private static string Datum(string members) => $$"""{"MetricName":"m","Value":1{{(members.Length == 0 ? "" : "," + members)}}}""";

    private static string Dimension(string second) => Datum($$"""  "Dimensions":[{"Name":"first","Value":"v"},{{second}}]  """);

    private static string Dimensions(int count) =>
        $"[{string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"Name":"d{{i}}","Value":"v"}"""))}]";

    private static string Entity(string keys, string attributes = "{}") =>
        $$"""{"Namespace":"Shop","StrictEntityValidation":true,"EntityMetricData":[{"Entity":{"KeyAttributes":{{keys}},"Attributes":{{attributes}}},"MetricData":[{"MetricName":"m","Value":1}]}]}""";

    private static string Numbers(int count) => $"[{string.Join(',', Enumerable.Range(1, count))}]";

    private static string Set(string count = "2", string minimum = "1") =>
        $$"""{"SampleCount":{{count}},"Sum":3,"Minimum":{{minimum}},"Maximum":2}""";
}
