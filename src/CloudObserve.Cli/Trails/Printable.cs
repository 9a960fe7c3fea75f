using System.Globalization;
using System.Text;

namespace CloudObserve.Cli.Trails;

/// <summary>Makes texts safe for a terminal.</summary>
/// <remarks>
/// Texts in an audit trail come from the users who were audited. They must not move the cursor, change colours, hide a line or reverse its
/// direction.
/// </remarks>
internal static class Printable
{
    private static readonly Rune Replacement = Rune.ReplacementChar;

    /// <summary>Replaces characters that a terminal does not show as written.</summary>
    internal static string Of(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = safe.Append(IsSeen(rune) ? rune : Replacement);
        }

        return safe.ToString();
    }

    /// <summary>Returns a text with exactly the width of a column.</summary>
    /// <param name="text">The text; if it is too long, it is truncated and ends with an ellipsis.</param>
    /// <param name="width">The width in terminal columns.</param>
    internal static string Cell(string text, int width)
    {
        StringBuilder cell = new(width);
        int used = 0;
        int left = Width(text);
        foreach (Rune rune in text.EnumerateRunes())
        {
            int own = Width(rune);
            if (used + own > width - (used + left > width ? 1 : 0))
            {
                _ = cell.Append('…');
                used++;
                break;
            }

            _ = cell.Append(IsSeen(rune) ? rune : Replacement);
            used += own;
            left -= own;
        }

        return cell.Append(' ', width - used).ToString();
    }

    /// <summary>Returns a text with at least the width of a column, without truncation.</summary>
    internal static string WholeCell(string text, int width) => Of(text) + new string(' ', Math.Max(0, width - Width(text)));

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark);

    private static int Width(string text)
    {
        int width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Width(rune);
        }

        return width;
    }

    // The Unicode East Asian Width blocks that terminals show two columns wide.
    private static int Width(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
}
