using System.Globalization;

namespace CloudObserve.Diagnostics;

/// <summary>Writes a number with the noun that it counts.</summary>
internal static class Counted
{
    /// <summary>Returns a number and its noun, such as <c>1 record</c> or <c>2 records</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular; its plural must end in <c>s</c>.</param>
    internal static string Of(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>Returns the form of a word that fits a number.</summary>
    internal static string Form(long count, string singular, string plural) => count == 1 ? singular : plural;
}
