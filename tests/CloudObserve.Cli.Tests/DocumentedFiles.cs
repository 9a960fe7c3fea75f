using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CloudObserve.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Cli.Tests;

/// <summary>The files that documents name in their commands, as those would have them who type the commands in.</summary>
internal static partial class DocumentedFiles
{
    private const string Run = """
        shop is open
        report: {"app":{"usage":{"seconds":73,"series":400,"logEvents":2000,"logBytes":800000}},"logs":{"delivered":2000}}
        """;

    internal static async Task MakeAsync(string folder, IEnumerable<string> documents)
    {
        using RSA key = RSA.Create(2048);
        string privateKey = Path.Combine(folder, "key.pem");
        await File.WriteAllTextAsync(privateKey, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(folder, "kept-elsewhere.pem"), key.ExportSubjectPublicKeyInfoPem());
        await MakeTrailAsync(Path.Combine(folder, "audit"), privateKey);
        string shop = Path.Combine(folder, "var", "lib", "shop", "audit");
        await MakeTrailAsync(shop, privateKey);
        File.Copy(Directory.EnumerateFiles(shop, "*_CloudTrail-Digest_*.json.gz", SearchOption.AllDirectories)
            .Max(StringComparer.Ordinal)!, Path.Combine(folder, "kept-digest.json.gz"));
        await File.WriteAllTextAsync(Path.Combine(folder, "run.log"), Run);

        string alarms = documents.SelectMany(d => AlarmTest().Matches(d)).Single().Groups["test"].Value;
        await File.WriteAllTextAsync(Path.Combine(folder, "shop.test.json"), alarms);

        // The status that the documents show, and what it was before.
        string noon = documents.SelectMany(d => Status().Matches(d)).Single().Groups["status"].Value;
        await File.WriteAllTextAsync(Path.Combine(folder, "noon.json"), noon);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "morning.json"), noon.Replace("T12:00:00", "T08:00:00", StringComparison.Ordinal)
                .Replace("\"delivered\": 52000", "\"delivered\": 12000", StringComparison.Ordinal));
    }

    private static async Task MakeTrailAsync(string directory, string privateKey)
    {
        ServiceCollection services = new();
        services.AddCloudObserve().WithAuditTrail(a => (a.Directory, a.SigningKeyPath) = (directory, privateKey));
        await using ServiceProvider provider = services.BuildServiceProvider();
        foreach (string user in new[] { "ann", "anna" })
        {
            await provider.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("RefundOrder")
            {
                UserIdentity = new AuditIdentity("IAMUser") { UserName = user },
                Resources = [new AuditResource("order/4711")],
            });
        }
    }

    [GeneratedRegex(@"^```json\r?\n(?<status>\{\r?\n  ""time"":.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Status();

    [GeneratedRegex(@"^```json\r?\n(?<test>\{\r?\n  ""Alarms"":.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AlarmTest();
}
