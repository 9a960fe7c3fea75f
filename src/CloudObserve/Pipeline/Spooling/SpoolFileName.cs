using System.Globalization;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>How files of the spool are called: <c>{created}-{lane}{number}-{weight}.batch</c>, so that a listing tells their order, and people the rest.</summary>
internal static class SpoolFileName
{
    internal const string Extension = ".batch";

    /// <summary>Marks a file that is still being written. What is left of a crash under such a name was never kept.</summary>
    internal const string Unfinished = ".tmp";

    /// <summary>Marks a file that could not be read.</summary>
    internal const string Damaged = ".damaged";

    /// <param name="batch">What the file will hold.</param>
    /// <param name="number">Tells batches of one moment apart.</param>
    /// <param name="length">The file's bytes.</param>
    internal static SpoolEntry Create(Batch batch, uint number, long length)
    {
        uint lane = LaneOf(batch.Header);
        string name = string.Create(
            CultureInfo.InvariantCulture, $"{batch.Header.CreatedAt.UtcTicks:D19}-{lane:x8}{number:x8}-{batch.Weight}{Extension}");
        return new SpoolEntry(name, length, batch.Weight, lane);
    }

    /// <summary>Tells whether a file is one of ours by its name.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="claimedWeight">The weight in the name. Anybody can give a file a name, so it is not what the file counts for.</param>
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

    /// <summary>Gets the number of a destination: FNV-1a, the same in every process, which a string's own hash code is not.</summary>
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
