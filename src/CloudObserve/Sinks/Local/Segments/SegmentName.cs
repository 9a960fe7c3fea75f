using System.Globalization;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>Creates and recognizes the names of segments: a number of ten digits and the extension.</summary>
/// <remarks>No default of the .NET SDKs compiles, embeds or publishes files of these names.</remarks>
internal static class SegmentName
{
    internal const string Extension = ".segment";

    /// <summary>The extension that is added to the name of a file that could not be read to its end.</summary>
    internal const string Damaged = ".damaged";

    /// <summary>The extension that is added while the readable part of a damaged segment is copied.</summary>
    internal const string Unfinished = ".tmp";

    private const int Digits = 10;

    /// <summary>The number that no file of this library reaches. The numbers after it are refused, so that there is always a next
    /// one.</summary>
    internal const long MaxNumber = 9_000_000_000;

    internal static string Of(long number) => number.ToString("D10", CultureInfo.InvariantCulture) + Extension;

    /// <summary>Reads the number from the name of a segment.</summary>
    /// <param name="name">The name, without <see cref="Damaged"/> or <see cref="Unfinished"/>.</param>
    /// <param name="number">The number.</param>
    internal static bool TryParse(ReadOnlySpan<char> name, out long number)
    {
        number = 0;
        return name.Length == Digits + Extension.Length
            && name.EndsWith(Extension, StringComparison.Ordinal)
            && long.TryParse(name[..Digits], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
