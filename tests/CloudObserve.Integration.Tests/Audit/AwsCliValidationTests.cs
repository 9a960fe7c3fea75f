using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace CloudObserve.Integration.Tests.Audit;

/// <summary>The AWS CLI's <c>validate-logs</c> knows nothing of us: what it accepts is CloudTrail's format.</summary>
public sealed class AwsCliValidationTests(ITestOutputHelper output) : IDisposable
{
    private const string Account = "111122223333";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("validate");

    public void Dispose() => _directory.Delete(recursive: true);

    [AwsCliFact]
    public async Task Digests_and_files_of_several_processes_are_valid()
    {
        await WriteAsync();
        (int status, string report) = await ValidateAsync();

        Assert.True(status == 0, report);
        Assert.Contains("digests 4 valid 0 invalid, files 3 valid 0 invalid", report, StringComparison.Ordinal);
    }

    [AwsCliFact]
    public async Task A_changed_file_a_removed_digest_and_a_foreign_signature_are_not()
    {
        await WriteAsync();
        TrailLayout layout = new(_directory.FullName);
        TrailFile[] digests = [.. layout.Files().Where(f => f.Kind == TrailFileKind.Digest).OrderBy(f => f.Time)];
        string signature = layout.PathOf(digests[3].Key) + ".sig";
        File.WriteAllText(signature, File.ReadAllText(layout.PathOf(digests[0].Key) + ".sig"));
        Assert.Equal(1, (await ValidateAsync()).Status);

        File.Delete(layout.PathOf(digests[1].Key));
        Assert.Contains("INVALID", (await ValidateAsync()).Output, StringComparison.Ordinal);
    }

    private async Task WriteAsync()
    {
        ManualTimeProvider time = new(new DateTimeOffset(2026, 11, 20, 7, 0, 0, TimeSpan.Zero));
        for (int run = 0; run < 3; run++)
        {
            ServiceCollection services = new();
            _ = services.AddSingleton<TimeProvider>(time);
            _ = services.AddCloudObserve().WithAuditTrail(a =>
            {
                a.Directory = _directory.FullName;
                a.AccountId = Account;
                a.Region = "eu-west-1";
                a.PublishMetrics = false;
            });
            await using ServiceProvider provider = services.BuildServiceProvider();
            IAuditTrail trail = provider.GetRequiredService<IAuditTrail>();
            await trail.RecordAsync(new AuditEvent("RefundOrder"));
            await trail.RecordAsync(new AuditEvent("Zurück") { RequestParameters = new AuditData { ["ä"] = "\u2028" } });
            time.Advance(TimeSpan.FromMinutes(10));
        }
    }

    private async Task<(int Status, string Output)> ValidateAsync()
    {
        (int status, string report) = await AwsCli.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "Audit", "validate_trail.py"),
            _directory.FullName, "local", Account, "eu-west-1", "cloudobserve", "2026-11-20T06:00:00Z", "2026-11-20T09:00:00Z");
        output.WriteLine(report);
        return (status, report);
    }
}
