using System.Globalization;
using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>Creates and recognizes names of spool files: <c>{created}-{lane}{number}-{weight}.batch</c>.</summary>
/// <remarks>The names sort by age; the other parts are for people who look at the directory.</remarks>
internal static class SpoolFileName
{
    internal const string Extension = ".batch";

    /// <summary>
    /// The extension of a file that is still being written. A file left under this name after a crash never counted as stored.
    /// </summary>
    internal const string Unfinished = ".tmp";

    /// <summary>The extension of a file that could not be read.</summary>
    internal const string Damaged = ".damaged";

    /// <param name="batch">The content of the file.</param>
    /// <param name="number">A number that distinguishes batches of the same time.</param>
    /// <param name="length">The file's length in bytes.</param>
    internal static SpoolEntry Create(Batch batch, uint number, long length)
    {
        uint lane = LaneOf(batch.Header);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{batch.Header.CreatedAt.UtcTicks:D19}-{lane:x8}{number:x8}-{batch.Weight}{Extension}");
        return new SpoolEntry(name, length, batch.Weight, lane);
    }

    /// <summary>Determines whether a file name is one that the spool creates.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="claimedWeight">The weight in the name. It is not trusted, because anybody can choose a file name.</param>
    internal static bool IsOurs(string name, out long claimedWeight)
    {
        claimedWeight = 0;
        string[] parts = Path.GetFileNameWithoutExtension(name).Split('-');
        return Path.GetExtension(name) == Extension
            && parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out claimedWeight);
    }

    /// <summary>
    /// Returns the number of a destination: its FNV-1a hash, which is the same in every process, unlike <see cref="string.GetHashCode()"/>.
    /// </summary>
    internal static uint LaneOf(BatchHeader header)
    {
        uint hash = 2166136261;
        foreach (char c in $"{header.Operation}\n{header.Destination}")
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
