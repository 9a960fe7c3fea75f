using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Reading;

namespace CloudObserve.Audit.History;

/// <summary>Represents the position at which a page ended.</summary>
/// <remarks>
/// A record of the journal is identified by its number, because it will move to a sealed file. A record of a sealed file is identified by
/// its position, which never changes.
/// </remarks>
/// <param name="Sequence">The number of the last record, if it was in the journal.</param>
/// <param name="File">The sealed file of the last record.</param>
/// <param name="Number">The position of the last record in that file, counted from 1.</param>
/// <threadsafety>Immutable.</threadsafety>
internal sealed record AuditPageToken(long? Sequence = null, TrailPath? File = null, long Number = 0)
{
    /// <summary>Parses a token.</summary>
    /// <param name="text">The token; <see langword="null"/> for the first page.</param>
    /// <returns><see langword="null"/> if the token is invalid.</returns>
    internal static AuditPageToken? Parse(string? text)
    {
        if (text is null)
        {
            return new AuditPageToken();
        }

        string[] parts = text.Split(':', 3);
        return parts switch
        {
            ["journal", string sequence] when TryNumber(sequence, out long number) => new AuditPageToken(Sequence: number),
            ["file", string place, string key] when TryNumber(place, out long number)
                && TryFile(key, out TrailPath? file) => new AuditPageToken(File: file, Number: number),
            _ => null,
        };
    }

    public override string ToString() => File is null
        ? string.Create(CultureInfo.InvariantCulture, $"journal:{Sequence}")
        : string.Create(CultureInfo.InvariantCulture, $"file:{Number}:{File.Key}");

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // The path is only compared with the files that were found. No file is opened by a name from a token.
    private static bool TryFile(string key, [NotNullWhen(true)] out TrailPath? file) =>
        (TrailPath.TryParse(key, string.Empty, out file) && file.Kind == TrailFileKind.Log)
        || TrailPath.TryParseName(key[(key.LastIndexOf('/') + 1)..], string.Empty, out file);
}
