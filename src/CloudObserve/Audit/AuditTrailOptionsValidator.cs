using System.Buffers;
using CloudObserve.Audit.Selection;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Routing;

namespace CloudObserve.Audit;

/// <summary>Validates the options of the audit trail.</summary>
internal static class AuditTrailOptionsValidator
{
    private const int AccountDigits = 12;
    private const int MinWaitingRecords = 16;
    private const int MaxWaitingRecords = 1_000_000;
    private const int MinSealBytes = 1024 * 1024;
    private const int MaxSealBytes = 50 * 1024 * 1024;
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan MinRetention = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxRetention = TimeSpan.FromDays(3653);

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> RegionCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> BucketCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    internal static void Check(OptionFaults faults, AuditTrailOptions trail)
    {
        CheckNames(faults, trail);
        faults.Defined("AuditTrail:Guarantee", trail.Guarantee);
        faults.Range("AuditTrail:MaxWaitingRecords", trail.MaxWaitingRecords, MinWaitingRecords, MaxWaitingRecords);
        faults.Range("AuditTrail:SealAfter", trail.SealAfter, ShortestInterval, LongestInterval);
        faults.Range("AuditTrail:SealBytes", trail.SealBytes, MinSealBytes, MaxSealBytes);
        faults.Range("AuditTrail:DigestInterval", trail.DigestInterval, ShortestInterval, LongestInterval);
        faults.Range("AuditTrail:Retention", trail.Retention, MinRetention, MaxRetention);
        CheckSelectors(faults, trail);
        CheckLogGroup(faults, trail);
    }

    private static void CheckLogGroup(OptionFaults faults, AuditTrailOptions trail)
    {
        faults.Rule("AuditTrail:LogStream", trail.LogStream, LogRules.CheckLogStream(trail.LogStream));
        faults.Rule("AuditTrail:LogRetentionInDays", trail.LogRetentionInDays, LogRules.CheckRetention(trail.LogRetentionInDays));
        if (trail.LogGroup is not { } group)
        {
            return;
        }

        if (LogRules.CheckLogGroup(group) is { } broken)
        {
            faults.Rule("AuditTrail:LogGroup", group, broken);
        }
        else if (LogTemplate.Parse(group, NameKind.LogGroup) is { UsesDate: true } or { UsesCategory: true })
        {
            faults.Add("AuditTrail:LogGroup", group, "must not use {date} or {category}, because the trail is shipped to one log group");
        }
    }

    private static void CheckSelectors(OptionFaults faults, AuditTrailOptions trail)
    {
        for (int i = 0; i < trail.EventSelectors.Count; i++)
        {
            if (SelectorRules.Check(trail.EventSelectors[i]) is { } broken)
            {
                faults.Add($"AuditTrail:EventSelectors:{i}", trail.EventSelectors[i].Name ?? "(no name)", broken);
            }
        }

        int values = SelectorRules.CountValues(trail);
        if (values > SelectorRules.MaxValues)
        {
            faults.Add("AuditTrail:EventSelectors", $"{values} values",
                $"CloudTrail takes at most {SelectorRules.MaxValues} over all selectors");
        }
    }

    private static void CheckNames(OptionFaults faults, AuditTrailOptions trail)
    {
        if (string.IsNullOrWhiteSpace(trail.Directory))
        {
            faults.Add("AuditTrail:Directory", trail.Directory, "the trail needs a directory");
        }

        Text(faults, "TrailName", trail.TrailName, NameCharacters, 3, 128, "letters, digits, dots, underscores and dashes");
        Text(faults, "AccountId", trail.AccountId, Digits, AccountDigits, AccountDigits, "digits");
        Text(faults, "Region", trail.Region ?? "local", RegionCharacters, 1, 64, "small letters, digits and dashes");
        Text(faults, "Source", trail.Source ?? "source", NameCharacters, 1, 256, "letters, digits, dots, underscores and dashes");
        Text(faults, "Bucket", trail.Bucket, BucketCharacters, 3, 63, "small letters, digits, dots and dashes");
        if (trail.KeyPrefix is { } prefix && (prefix.Length is 0 or > 200 || prefix[0] == '/' || prefix[^1] == '/'))
        {
            faults.Add("AuditTrail:KeyPrefix", prefix,
                "must have 1 to 200 characters and must not begin or end with a slash; the slash after it is added automatically");
        }
    }

    private static void Text(OptionFaults faults, string key, string? value, SearchValues<char> allowed, int min, int max, string kind)
    {
        if (value is null || value.Length < min || value.Length > max || value.AsSpan().ContainsAnyExcept(allowed))
        {
            string length = min == max ? $"{min}" : $"{min} to {max}";
            faults.Add($"AuditTrail:{key}", value, $"must have {length} {kind}");
        }
    }
}
