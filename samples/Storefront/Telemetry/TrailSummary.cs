using System.Globalization;
using CloudObserve;
using CloudObserve.Audit;
using Microsoft.Extensions.Options;

namespace Storefront.Telemetry;

/// <summary>Prints the latest actions of the staff, and whether the audit trail is intact and complete.</summary>
internal sealed class TrailSummary(IAuditTrail trail, IOptions<CloudObserveOptions> options, IHostEnvironment environment)
{
    private const int Shown = 12;

    /// <summary>Returns the configured directory, or else a separate one for each process.</summary>
    /// <remarks>So the sample also runs while another one is running. A real shop has one trail.</remarks>
    public static string DirectoryFrom(IConfiguration configuration) => configuration["CloudObserve:AuditTrail:Directory"] ?? Path.Combine(
        Path.GetTempPath(),
        "storefront-audit",
        $"{TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{Environment.ProcessId}");

    public async Task PrintAsync()
    {
        Console.WriteLine();
        Console.WriteLine($"{"time",-8} {"action",-16} {"who",-10} {"from",-15} {"to what",-44} outcome");
        AuditPage page = await trail.LookupAsync(new AuditLookup { MaxResults = Shown });
        foreach (AuditRecord record in page.Records)
        {
            string resource = record.Resources.Count > 0 ? record.Resources[0].Arn : "-";
            Console.WriteLine(
                $"{record.EventTime:HH:mm:ss} {record.EventName,-16} {record.UserName,-10} {record.SourceIPAddress,-15} {resource,-44} "
                    + $"{record.ErrorCode ?? "ok"}");
        }

        string directory = Path.Combine(environment.ContentRootPath, options.Value.AuditTrail.Directory);
        AuditVerification verdict = await new AuditTrailVerifier(directory).VerifyAsync();
        Console.WriteLine();
        Console.WriteLine(
            $"The audit trail in {directory}: {verdict.Records} records in {verdict.LogFiles} sealed files, {verdict.Digests} signed "
                + $"digests.");
        Console.WriteLine($"intact: {verdict.Intact}, complete: {verdict.Complete}");
        foreach (AuditFinding finding in verdict.Findings)
        {
            Console.WriteLine($"  {finding}");
        }
    }
}
