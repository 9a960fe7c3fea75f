using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Integration.Tests.Moto;

public sealed class CloudWatchSinkOnMotoTests : IClassFixture<MotoServer>, IDisposable
{
    private readonly MotoServer _moto;
    private readonly CloudWatchSink _sink;

    public CloudWatchSinkOnMotoTests(MotoServer moto)
    {
        _moto = moto;
        AwsOptions options = new() { Region = "eu-west-1", ServiceUrl = moto.Url, Credentials = new BasicAWSCredentials("test", "test") };
        _sink = new CloudWatchSink(options, TimeProvider.System, new NoEvents());
    }

    public void Dispose() => _sink.Dispose();

    [MotoFact]
    public async Task What_is_sent_can_be_read_back_by_another_client_over_another_protocol()
    {
        long time = DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds();
        SendResult result = await SendAsync(
            $$"""{"MetricName":"Latency","Unit":"Milliseconds","Timestamp":{{time}},"Values":[10,20.5],"Counts":[3,2],"Dimensions":[{"Name":"Region","Value":"eu"}]}""");

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        XElement point =
            Assert.Single(await StatisticsAsync("Latency", ("Dimensions.member.1.Name", "Region"), ("Dimensions.member.1.Value", "eu")));
        Assert.Equal((5, 71, 10, 20.5),
            (Number(point, "SampleCount"), Number(point, "Sum"), Number(point, "Minimum"), Number(point, "Maximum")));
    }

    [MotoFact]
    public async Task What_the_service_refuses_is_invalid_and_nothing_is_kept()
    {
        SendResult result = await SendAsync(
            """{"MetricName":"Refused","Value":1}""", """{"MetricName":"Refused","Value":1,"Values":[1]}""");

        Assert.True(result.Error == ErrorClass.Invalid, result.ToString());
        Assert.Empty(await StatisticsAsync("Refused"));
    }

    private async Task<SendResult> SendAsync(params string[] datums)
    {
        const string Prefix = """{"Namespace":"Moto","MetricData":[""";
        string[] items = [.. datums.Select(d => d.Trim())];
        byte[] body = Encoding.UTF8.GetBytes($"{Prefix}{string.Join(',', items)}]}}");
        byte[] rented = System.Buffers.ArrayPool<byte>.Shared.Rent(body.Length);
        body.CopyTo(rented, 0);
        int end = Prefix.Length - 1;
        int[] ends = [.. items.Select(item => end += item.Length + 1)];
        BatchHeader header = new("PutMetricData", "Moto", DateTimeOffset.UtcNow, DateTimeOffset.MaxValue);
        using Batch batch = new(header, rented, body.Length, Prefix.Length, ends, null);
        return await _sink.SendAsync(batch, CancellationToken.None);
    }

    private async Task<XElement[]> StatisticsAsync(string metric, params (string Name, string Value)[] dimensions)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        string xml = await _moto.QueryAsync(
            "GetMetricStatistics",
            [
                ("Namespace", "Moto"), ("MetricName", metric), ("Period", "86400"),
                ("StartTime", now.AddHours(-1).ToString("s", CultureInfo.InvariantCulture) + "Z"),
                ("EndTime", now.AddHours(1).ToString("s", CultureInfo.InvariantCulture) + "Z"),
                ("Statistics.member.1", "SampleCount"), ("Statistics.member.2", "Sum"),
                ("Statistics.member.3", "Minimum"), ("Statistics.member.4", "Maximum"), .. dimensions,
            ]);
        return [.. XDocument.Parse(xml).Descendants().Where(e => e.Name.LocalName == "Datapoints").Elements()];
    }

    private static double Number(XElement point, string statistic) =>
        double.Parse(point.Elements().Single(e => e.Name.LocalName == statistic).Value, CultureInfo.InvariantCulture);
}
