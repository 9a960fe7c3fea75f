using System.Globalization;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>How files of the spool are called: <c>{created}-{number}-{weight}.batch</c>, so that a listing alone tells their order and what they count for.</summary>
internal static class SpoolFileName
{
    internal const string Extension = ".batch";

    /// <summary>Marks a file that is still being written. What is left of a crash under such a name was never kept.</summary>
    internal const string Unfinished = ".tmp";

    /// <summary>Marks a file that could not be read.</summary>
    internal const string Damaged = ".damaged";

    internal static string Create(DateTimeOffset createdAt, ulong number, long weight) =>
        string.Create(CultureInfo.InvariantCulture, $"{createdAt.UtcTicks:D19}-{number:x16}-{weight}{Extension}");

    internal static bool TryParseWeight(string name, out long weight)
    {
        weight = 0;
        string[] parts = Path.GetFileNameWithoutExtension(name).Split('-');
        return Path.GetExtension(name) == Extension
            && parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out weight);
    }
}
