using System.Globalization;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Maps letters to upper cases of several letters, which Java has and .NET does not.</summary>
/// <remarks>They are the unconditional rows of Unicode's SpecialCasing.</remarks>
internal static class LongUpperCases
{
    private const char Iota = 'Ι';

    private static readonly Dictionary<string, string> Uppers = Fill();

    /// <summary>Returns the upper case of a letter as Java writes it.</summary>
    internal static string Of(string letter) =>
        Uppers.TryGetValue(letter, out string? upper) ? upper : letter.ToUpper(CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Fill()
    {
        Dictionary<string, string> uppers = new(StringComparer.Ordinal)
        {
            ["ß"] = "SS",
            ["ŉ"] = "ʼN",
            ["ǰ"] = "J\u030C",
            ["ΐ"] = "Ι\u0308\u0301",
            ["ΰ"] = "Υ\u0308\u0301",
            ["և"] = "ԵՒ",
            ["ẖ"] = "H\u0331",
            ["ẗ"] = "T\u0308",
            ["ẘ"] = "W\u030A",
            ["ẙ"] = "Y\u030A",
            ["ẚ"] = "Aʾ",
            ["ﬀ"] = "FF",
            ["ﬁ"] = "FI",
            ["ﬂ"] = "FL",
            ["ﬃ"] = "FFI",
            ["ﬄ"] = "FFL",
            ["ﬅ"] = "ST",
            ["ﬆ"] = "ST",
            ["ﬓ"] = "ՄՆ",
            ["ﬔ"] = "ՄԵ",
            ["ﬕ"] = "ՄԻ",
            ["ﬖ"] = "ՎՆ",
            ["ﬗ"] = "ՄԽ",
            ["\u1F50"] = "Υ\u0313",
            ["\u1F52"] = "Υ\u0313\u0300",
            ["\u1F54"] = "Υ\u0313\u0301",
            ["\u1F56"] = "Υ\u0313\u0342",
            ["\u1FB6"] = "Α\u0342",
            ["\u1FC6"] = "Η\u0342",
            ["\u1FD2"] = "Ι\u0308\u0300",
            ["\u1FD3"] = "Ι\u0308\u0301",
            ["\u1FD6"] = "Ι\u0342",
            ["\u1FD7"] = "Ι\u0308\u0342",
            ["\u1FE2"] = "Υ\u0308\u0300",
            ["\u1FE3"] = "Υ\u0308\u0301",
            ["\u1FE4"] = "Ρ\u0313",
            ["\u1FE6"] = "Υ\u0342",
            ["\u1FE7"] = "Υ\u0308\u0342",
            ["\u1FF6"] = "Ω\u0342",
            ["\u1FB3"] = "ΑΙ",
            ["\u1FBC"] = "ΑΙ",
            ["\u1FC3"] = "ΗΙ",
            ["\u1FCC"] = "ΗΙ",
            ["\u1FF3"] = "ΩΙ",
            ["\u1FFC"] = "ΩΙ",
            ["\u1FB2"] = "\u1FBAΙ",
            ["\u1FB4"] = "\u0386Ι",
            ["\u1FC2"] = "\u1FCAΙ",
            ["\u1FC4"] = "\u0389Ι",
            ["\u1FF2"] = "\u1FFAΙ",
            ["\u1FF4"] = "\u038FΙ",
            ["\u1FB7"] = "Α\u0342Ι",
            ["\u1FC7"] = "Η\u0342Ι",
            ["\u1FF7"] = "Ω\u0342Ι",
        };

        // Alpha, eta and omega with breathings and a small iota below: eight in lower case, and eight in title case.
        AddRows(uppers, '\u1F80', '\u1F08');
        AddRows(uppers, '\u1F90', '\u1F28');
        AddRows(uppers, '\u1FA0', '\u1F68');
        return uppers;
    }

    private static void AddRows(Dictionary<string, string> uppers, char first, char upper)
    {
        for (int i = 0; i < 16; i++)
        {
            uppers.Add(((char)(first + i)).ToString(), $"{(char)(upper + (i % 8))}{Iota}");
        }
    }
}
