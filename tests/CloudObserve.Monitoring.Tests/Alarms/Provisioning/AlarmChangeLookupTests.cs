using System.Text.Json.Nodes;
using Amazon.Runtime;
using CloudObserve.Monitoring.Alarms.Provisioning;
using CloudObserve.Monitoring.Tests.Hosting;

namespace CloudObserve.Monitoring.Tests.Alarms.Provisioning;

/// <summary>The user who changed an alarm, as AWS CloudTrail knows it.</summary>
public sealed class AlarmChangeLookupTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Changed = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly ScriptedService _cloudTrail = new();

    public ValueTask DisposeAsync() => _cloudTrail.DisposeAsync();

    [Fact]
    public async Task The_user_of_the_newest_change_of_the_alarm_is_found()
    {
        _cloudTrail.Answers.Enqueue((200, Events(
            Event("other", "arn:aws:iam::111122223333:user/eve"),
            Event("orders", "arn:aws:sts::111122223333:assumed-role/admin/bob"),
            Event("orders", "arn:aws:iam::111122223333:user/carol"))));
        AlarmChangeLookup lookup = New();

        Assert.Equal("arn:aws:sts::111122223333:assumed-role/admin/bob", await FindAsync(lookup));

        (string body, string authorization, string? target) = Assert.Single(_cloudTrail.Requests);
        Assert.Equal("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", target);
        Assert.Contains("/eu-west-1/cloudtrail/aws4_request", authorization, StringComparison.Ordinal);
        Assert.Equal(
            """{"LookupAttributes":[{"AttributeKey":"EventName","AttributeValue":"PutMetricAlarm"}],"StartTime":1772359140,"EndTime":1772359230,"MaxResults":10}""",
            body);
    }

    [Theory]
    [InlineData(200, """{"Events":[{"EventName":"PutMetricAlarm","CloudTrailEvent":"no JSON"},{"EventName":"PutMetricAlarm"}]}""", 2)]
    [InlineData(200, "{}", 2)]
    [InlineData(200, "[]", 1)]
    [InlineData(400, """{"__type":"AccessDeniedException","message":"no"}""", 1)]
    public async Task A_fault_has_no_consequence_but_that_nobody_is_named_and_that_nothing_more_is_looked_up(
        int status, string answer, int requests)
    {
        _cloudTrail.Answers.Enqueue((status, answer));
        AlarmChangeLookup lookup = New();

        Assert.Null(await FindAsync(lookup));
        Assert.Null(await FindAsync(lookup));

        Assert.Equal(requests, _cloudTrail.Requests.Count);
    }

    private static Task<string?> FindAsync(AlarmChangeLookup lookup) =>
        lookup.FindUserAsync("PutMetricAlarm", "orders", Changed, Changed.AddSeconds(30), CancellationToken.None);

    private static string Events(params JsonNode[] events) => new JsonObject { ["Events"] = new JsonArray(events) }.ToJsonString();

    private static JsonObject Event(string alarm, string user) => new()
    {
        ["EventName"] = "PutMetricAlarm",
        ["Username"] = "somebody",
        ["CloudTrailEvent"] = new JsonObject
        {
            ["userIdentity"] = new JsonObject { ["arn"] = user },
            ["requestParameters"] = new JsonObject { ["alarmName"] = alarm },
        }.ToJsonString(),
    };

    private AlarmChangeLookup New() => new(
        new AwsOptions { Region = "eu-west-1", ServiceUrl = _cloudTrail.Url, Credentials = new BasicAWSCredentials("AKIATEST", "secret") },
        TimeProvider.System);
}
