using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Audit;

namespace CloudObserve.Integration.Tests.Storefront;

public sealed class StorefrontAuditTests : IDisposable
{
    private static readonly string[] Actions = ["ChangePrice", "ExportCustomers", "LockUser", "RemoveProduct"];
    private static readonly string[] Names = ["anna", "ben", "carla", "Anonymous"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Every_action_of_the_shops_people_is_in_the_trail_as_it_was_answered()
    {
        using StorefrontProcess shop = StorefrontProcess.Start(
            [], "--duration", "6", "--rate", "120", $"--CloudObserve:AuditTrail:Directory={_directory.FullName}");
        StorefrontReport report = await shop.ReportAsync();
        JsonElement said = JsonDocument.Parse(shop.Output.Last()["report: ".Length..]).RootElement;
        List<JsonNode> records = ShopTrail.Read(_directory.FullName);
        AuditVerification verdict = await new AuditTrailVerifier(_directory.FullName).VerifyAsync();

        report.AssertNothingIsMissing();
        Assert.Equal(ShopTrail.Reported(said), ShopTrail.Outcomes(records));
        Assert.Empty(Actions.Except(records.Select(r => (string)r["eventName"]!)));
        AssertBooks(said.GetProperty("audit"), records.Count);
        Assert.Equal((AuditAnswer.Yes, AuditAnswer.Yes), (verdict.Intact, verdict.Complete));
        Assert.Equal(0, verdict.UndigestedRecords);
        Assert.Contains("intact: Yes, complete: Yes", shop.Output);
        Assert.All(records, AssertSaysWho);
        AssertExport(records.Where(r => (string?)r["eventName"] == "ExportCustomers"));
    }

    private static void AssertBooks(JsonElement audit, int records)
    {
        Assert.Equal(records, audit.GetProperty("accepted").GetInt64());
        Assert.Equal(records, audit.GetProperty("delivered").GetInt64());
        Assert.Empty(audit.GetProperty("lost").EnumerateObject());
        Assert.Equal(0, audit.GetProperty("inFlight").GetInt64());
    }

    private static void AssertSaysWho(JsonNode record)
    {
        string? name = (string?)record["userIdentity"]!["userName"];
        Assert.Contains(name, Names);
        Assert.Equal(name == "Anonymous" ? "Anonymous" : "WebIdentityUser", (string?)record["userIdentity"]!["type"]);
        Assert.Equal("127.0.0.1", (string?)record["sourceIPAddress"]);
        Assert.NotEmpty(record["resources"]!.AsArray());
    }

    private static void AssertExport(IEnumerable<JsonNode> exports)
    {
        JsonNode[] all = [.. exports];
        Assert.All(all, e => Assert.Equal(
            ("Data", false, true), ((string?)e["eventCategory"], (bool)e["managementEvent"]!, (bool)e["readOnly"]!)));
        Assert.Contains(all, e => e["errorCode"] is null && e["additionalEventData"]!["customers"] is not null);
        Assert.Contains(all, e => (string?)e["errorCode"] == "AccessDenied" && (string?)e["userIdentity"]!["type"] == "Anonymous");
    }
}
