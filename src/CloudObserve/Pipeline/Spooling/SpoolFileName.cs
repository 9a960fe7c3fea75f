using System.Globalization;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>How files of the spool are called: <c>{created}-{lane}{number}-{weight}.batch</c>, so that a listing alone tells their order, whose they are and what they count for.</summary>
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

    /// <returns><see langword="null"/> when the file is not one of ours.</returns>
    internal static SpoolEntry? TryParse(string name, long length)
    {
        string[] parts = Path.GetFileNameWithoutExtension(name).Split('-');
        bool isOurs = Path.GetExtension(name) == Extension
            && parts.Length == 3
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isOurs && ulong.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
            ? new SpoolEntry(name, length, long.Parse(parts[2], CultureInfo.InvariantCulture), (uint)(number >> 32))
            : null;
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
