using System.Text;
using System.Text.RegularExpressions;

namespace CloudObserve.Tests.Conventions;

/// <summary>The documents' links lead somewhere, and none names a place that exists only on its author's machine.</summary>
internal static partial class Markdown
{
    /// <param name="documents">Paths from the repository's root, with their text.</param>
    /// <param name="exists">Whether a path from the root is a file or folder.</param>
    internal static List<string> Violations(IReadOnlyDictionary<string, string> documents, Func<string, bool> exists) =>
        [.. documents.SelectMany(d => DeadLinks(d.Key, d.Value, documents, exists)),
            .. documents.SelectMany(d => MachinePaths(d.Key, d.Value))];

    private static IEnumerable<string> DeadLinks(
        string path, string text, IReadOnlyDictionary<string, string> documents, Func<string, bool> exists)
    {
        foreach (Match link in Link().Matches(Fence().Replace(text, "")))
        {
            string target = link.Groups["target"].Value;
            if (Uri.TryCreate(target, UriKind.Absolute, out Uri? uri) && !uri.IsFile)
            {
                continue;
            }

            string[] parts = target.Split('#', 2);
            string file = parts[0].Length == 0 ? path : Resolve(path, parts[0]);
            if (!exists(file))
            {
                yield return $"{path}: {target} leads nowhere";
            }
            else if (parts.Length == 2 && !(documents.TryGetValue(file, out string? other) && Anchors(other).Contains(parts[1])))
            {
                yield return $"{path}: {target} names a heading that is not there";
            }
        }
    }

    private static IEnumerable<string> MachinePaths(string path, string text) =>
        MachinePath().Matches(text).Select(m => $"{path}: {m.Value} is a path of one machine");

    private static string Resolve(string from, string target)
    {
        string folder = Path.GetDirectoryName(from) ?? "";
        return Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, target))).Replace('\\', '/');
    }

    /// <summary>The anchors GitHub makes of headings: lower case, blanks to hyphens, other punctuation gone.</summary>
    private static IEnumerable<string> Anchors(string text) => Heading().Matches(Fence().Replace(text, "")).Select(h =>
    {
        StringBuilder anchor = new();
        foreach (char c in h.Groups["title"].Value.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_'))
        {
            anchor.Append(c == ' ' ? '-' : c);
        }

        return anchor.ToString();
    });

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(```|~~~).*?^\1|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^#{1,6} (?<title>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?<![\w.:/~-])/(home|root|tmp|work|Users|mnt)/[\w./-]+|\b[A-Z]:\\[\w.\\-]+")]
    private static partial Regex MachinePath();
}
