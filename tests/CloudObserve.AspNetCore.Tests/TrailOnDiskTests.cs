using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore.Tests;

public sealed class TrailOnDiskTests
{
    private const int Clients = 16;
    private const int RequestsEach = 25;

    [Fact]
    public async Task A_record_is_in_the_journal_when_its_response_arrives_and_says_who_and_where_in_CloudTrails_words()
    {
        await using AuditedApp app = await AuditedApp.StartAsync(
            a => a.MapDelete("/products/{id}", (string id) => Results.NoContent()).RequireAuthorization()
                .Audited("DeleteProduct", "product/{id}", o =>
            {
                o.Guarantee = AuditGuarantee.BeforeAction;
                o.ResourceType = "Shop::Product";
            }),
            AuditedApp.WithUsers,
            onDisk: true);
        string longAgent = new('a', 5000);

        using HttpResponseMessage answer =
            await app.SendAsync(HttpMethod.Delete, "/products/42", "sub=u-17;name=Anna;amr=mfa", ("User-Agent", longAgent));
        using HttpResponseMessage refused = await app.SendAsync(HttpMethod.Delete, "/products/43");
        JsonNode[] records = ReadJournal(app);

        Assert.Equal(["intent", "outcome", null], records.Select(r => (string?)r["additionalEventData"]!["action"]?["phase"]));
        Assert.All(records, r => Assert.Equal("DeleteProduct", (string?)r["eventName"]));
        Assert.Equal("u-17", (string?)records[1]["userIdentity"]!["principalId"]);
        Assert.Equal("Anna", (string?)records[1]["userIdentity"]!["userName"]);
        Assert.Equal("true", (string?)records[1]["userIdentity"]!["sessionContext"]!["attributes"]!["mfaAuthenticated"]);
        Assert.Equal("127.0.0.1", (string?)records[1]["sourceIPAddress"]);
        Assert.Equal(1024, ((string?)records[1]["userAgent"])!.Length);
        Assert.Equal("product/42", (string?)records[1]["resources"]![0]!["ARN"]);
        Assert.Equal("Shop::Product", (string?)records[1]["resources"]![0]!["type"]);
        Assert.Equal(("Anonymous", "AccessDenied"), ((string?)records[2]["userIdentity"]!["type"], (string?)records[2]["errorCode"]));
    }

    [Fact]
    public async Task Each_of_many_requests_at_once_is_recorded_once_with_what_is_its_own()
    {
        ConcurrentDictionary<string, HttpStatusCode> answered = new();
        await using AuditedApp app = await AuditedApp.StartAsync(
            a => a.MapPost("/{client}/{id}", (string id) => Answer(id)).RequireAuthorization()
                .Audited("Act", "thing/{id}"), AuditedApp.WithUsers, onDisk: true);

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            for (int i = 0; i < RequestsEach; i++)
            {
                string id = $"{client}-{i}";
                using HttpResponseMessage answer = await app.SendAsync(
                    HttpMethod.Post, $"/{client}/{id}", i % 4 == 3 ? null : $"name=user{client}", ("User-Agent", $"agent{client}"));
                answered[id] = answer.StatusCode;
            }
        }));
        JsonNode[] records = ReadJournal(app);
        await app.StopAsync();
        AuditVerification verdict = await new AuditTrailVerifier(Path.Combine(app.Directory, "audit")).VerifyAsync();

        Assert.Equal(Clients * RequestsEach, records.Length);
        Assert.Equal(answered.Keys.Order(), records.Select(r => (string)r["requestParameters"]!["id"]!).Order());
        Assert.All(records, r => AssertIsItsOwn(r, answered));
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (verdict.Intact, verdict.Complete));
        Assert.Equal(records.Length, verdict.Records);
    }

    private static IResult Answer(string id) => (id[^1] % 4) switch
    {
        0 => Results.NotFound(),
        1 => throw new InvalidOperationException(id),
        _ => Results.Text(id),
    };

    private static void AssertIsItsOwn(JsonNode record, ConcurrentDictionary<string, HttpStatusCode> answered)
    {
        string id = (string)record["requestParameters"]!["id"]!;
        string client = id.Split('-')[0];
        HttpStatusCode status = answered[id];
        Assert.Equal($"thing/{id}", (string?)record["resources"]![0]!["ARN"]);
        Assert.Equal($"agent{client}", (string?)record["userAgent"]);
        Assert.Equal(status == HttpStatusCode.Unauthorized ? "Anonymous" : $"user{client}", (string?)record["userIdentity"]!["userName"]);
        Assert.Equal(
            status switch
            {
                HttpStatusCode.OK => null,
                HttpStatusCode.Unauthorized => "AccessDenied",
                HttpStatusCode.NotFound => "NotFound",
                _ => "InvalidOperationException",
            },
            (string?)record["errorCode"]);
        Assert.True(status != HttpStatusCode.InternalServerError || (string?)record["errorMessage"] == id);
    }

    private static JsonNode[] ReadJournal(AuditedApp app)
    {
        using FileStream journal =
            new(Path.Combine(app.Directory, "audit", "journal", "active.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader lines = new(journal);
        return [.. lines.ReadToEnd().TrimEnd(' ').Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }
}
