using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.History;

/// <summary>
/// Where a page ended. A record of the journal is named by its number, because it will be in a sealed file one day; one of a sealed file by
/// its place, which never changes.
/// </summary>
/// <param name="Sequence">The number of the journal's record that came last.</param>
/// <param name="File">The sealed file of the record that came last.</param>
/// <param name="Number">Its number in that file, from 1.</param>
/// <threadsafety>Immutable.</threadsafety>
internal sealed record PageToken(long? Sequence = null, TrailPath? File = null, long Number = 0)
{
    /// <summary>Reads a token.</summary>
    /// <param name="text">The token; <see langword="null"/> for the beginning.</param>
    /// <returns><see langword="null"/> if it is none.</returns>
    internal static PageToken? Parse(string? text)
    {
        if (text is null)
        {
            return new PageToken();
        }

        string[] parts = text.Split(':', 3);
        return parts switch
        {
            ["journal", string sequence] when TryNumber(sequence, out long number) => new PageToken(Sequence: number),
            ["file", string place, string key] when TryNumber(place, out long number) && TryFile(key, out TrailPath? file) => new PageToken(File: file, Number: number),
            _ => null,
        };
    }

    public override string ToString() => File is null
        ? string.Create(CultureInfo.InvariantCulture, $"journal:{Sequence}")
        : string.Create(CultureInfo.InvariantCulture, $"file:{Number}:{File.Key}");

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // It is only compared with what is found; nothing is opened by a name that somebody hands in.
    private static bool TryFile(string key, [NotNullWhen(true)] out TrailPath? file) =>
        (TrailPath.TryParse(key, string.Empty, out file) && file.Kind == TrailFileKind.Log)
        || TrailPath.TryParseName(key[(key.LastIndexOf('/') + 1)..], string.Empty, out file);
}
