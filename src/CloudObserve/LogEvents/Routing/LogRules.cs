using System.Buffers;
using System.Globalization;
using System.Text;
using CloudObserve.Logs;

namespace CloudObserve.LogEvents.Routing;

/// <summary>Contains CloudWatch's rules for log groups and streams.</summary>
/// <remarks>Each check returns the broken rule in words, or <see langword="null"/>.</remarks>
internal static class LogRules
{
    private const int MaxTags = 50;
    private const int MaxTagKeyLength = 128;
    private const int MaxTagValueLength = 256;
    private const int MaxKmsKeyIdLength = 256;

    private static readonly SearchValues<char> TagPunctuation = SearchValues.Create("_.:/=+-@");

    /// <summary>Gets the classes of log groups.</summary>
    internal static IReadOnlyList<string> Classes { get; } = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"];

    internal static string? CheckLogGroup(string? template) => Check(template, NameKind.LogGroup);

    internal static string? CheckLogStream(string? template) => Check(template, NameKind.LogStream);

    /// <summary>Checks a routing rule.</summary>
    internal static string? CheckRoute(LogRouteOptions route)
    {
        if (string.IsNullOrWhiteSpace(route.Category))
        {
            return "the category of a route must not be blank; use * for all categories";
        }

        if (!Enum.IsDefined(route.MinimumLevel))
        {
            return $"'{route.MinimumLevel}' is not a level";
        }

        if (route.LogGroup is null && route.LogStream is null)
        {
            return "a route must name a log group or a log stream";
        }

        return (route.LogGroup is null ? null : CheckLogGroup(route.LogGroup))
            ?? (route.LogStream is null ? null : CheckLogStream(route.LogStream));
    }

    internal static string? CheckRetention(int? days) => days is null || RetentionPeriods.Contains(days.Value)
        ? null
        : $"retention must be one of {RetentionPeriods.Text} days; omit it to keep events forever";

    internal static string? CheckClass(string? logGroupClass) =>
        logGroupClass is null || Classes.Contains(logGroupClass, StringComparer.Ordinal)
        ? null
        : $"the class of a log group must be one of {string.Join(", ", Classes)}";

    internal static string? CheckKmsKeyId(string? keyId) =>
        keyId is null || (keyId.Length <= MaxKmsKeyIdLength && keyId.StartsWith("arn:", StringComparison.Ordinal))
            ? null
            : $"a KMS key must be given as its ARN, of at most {MaxKmsKeyIdLength} characters";

    internal static string? CheckTags(IReadOnlyCollection<KeyValuePair<string, string>> tags)
    {
        if (tags.Count > MaxTags)
        {
            return $"a log group must have at most {MaxTags} tags; there are {tags.Count}";
        }

        return tags.Select(CheckTag).FirstOrDefault(broken => broken is not null);
    }

    private static string? CheckTag(KeyValuePair<string, string> tag)
    {
        if (tag.Key.Length is 0 or > MaxTagKeyLength || !IsTagText(tag.Key))
        {
            return $"the key of tag '{tag.Key}' must have 1 to {MaxTagKeyLength} letters, digits, spaces or _.:/=+-@";
        }

        if (tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
        {
            return $"the key of tag '{tag.Key}' must not begin with aws:, which is reserved";
        }

        return tag.Value is { Length: <= MaxTagValueLength } && IsTagText(tag.Value)
            ? null
            : $"the value of tag '{tag.Key}' must have at most {MaxTagValueLength} letters, digits, spaces or _.:/=+-@";
    }

    private static bool IsTagText(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool allowed = Rune.IsLetter(rune) || Rune.IsNumber(rune) || Rune.IsSeparator(rune)
                || (rune.IsBmp && TagPunctuation.Contains((char)rune.Value));
            if (!allowed)
            {
                return false;
            }
        }

        return true;
    }

    private static string? Check(string? template, NameKind kind) =>
        LogTemplate.TryParse(template, kind, out _, out string? fault) ? null : fault;
}
