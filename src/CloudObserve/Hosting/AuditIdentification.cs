using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;

namespace CloudObserve.Hosting;

/// <summary>Identifies the audit trail and the writer of its records.</summary>
/// <remarks>Settings that are left open are taken from the host and its environment.</remarks>
/// <param name="Place">The values that appear in file names and keys.</param>
/// <param name="Defaults">The values that appear in records.</param>
internal sealed record AuditIdentification(TrailLocation Place, RecordDefaults Defaults)
{
    private const string NoRegion = "local";

    internal static AuditIdentification Of(AuditTrailOptions options, string applicationName, string? contentRoot)
    {
        string region = options.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? NoRegion;
        string directory = Path.Combine(contentRoot ?? Environment.CurrentDirectory, options.Directory);
        string prefix = options.KeyPrefix is null ? "" : options.KeyPrefix + "/";
        return new AuditIdentification(
            new TrailLocation(new TrailLayout(directory), options.AccountId, region, options.TrailName, options.Bucket, prefix),
            new RecordDefaults(options.Source ?? SourceOf(applicationName), options.AccountId, region, Environment.MachineName));
    }

    private static string SourceOf(string applicationName) =>
        string.Concat(applicationName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));

    // Region names become part of file names, so a value from the environment that is not a region name is ignored.
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
        && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? value : null;
}
