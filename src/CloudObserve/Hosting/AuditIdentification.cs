using CloudObserve.Audit;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Sealing;

namespace CloudObserve.Hosting;

/// <summary>In whose name the audit trail is written, and where: what options leave open is found from the host and its environment.</summary>
/// <param name="Place">For files.</param>
/// <param name="Defaults">For records.</param>
internal sealed record AuditIdentification(TrailPlace Place, RecordDefaults Defaults)
{
    private const string NoRegion = "local";

    internal static AuditIdentification Of(AuditTrailOptions options, string applicationName, string? contentRoot)
    {
        string region = options.Region ?? Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? NoRegion;
        string directory = Path.Combine(contentRoot ?? Environment.CurrentDirectory, options.Directory);
        string prefix = options.KeyPrefix is null ? "" : options.KeyPrefix + "/";
        return new AuditIdentification(
            new TrailPlace(new TrailLayout(directory), options.AccountId, region, options.TrailName, options.Bucket, prefix),
            new RecordDefaults(options.Source ?? SourceOf(applicationName), options.AccountId, region, Environment.MachineName));
    }

    private static string SourceOf(string applicationName) =>
        string.Concat(applicationName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '-'));

    // What is no region's name is not taken from the environment into the names of files.
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') ? value : null;
}
