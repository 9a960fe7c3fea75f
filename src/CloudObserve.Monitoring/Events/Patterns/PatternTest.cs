using System.Globalization;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents one test in the list of a field.</summary>
/// <param name="Kind">The comparison.</param>
/// <param name="Text">The text to compare with, or the number as written.</param>
/// <param name="Low">The lowest number, inclusive.</param>
/// <param name="High">The highest number, inclusive.</param>
/// <param name="Addresses">The range of addresses.</param>
/// <param name="Inner">The tests that a value must not satisfy.</param>
internal sealed record PatternTest(
    PatternTestKind Kind,
    string Text = "",
    double Low = 0,
    double High = 0,
    AddressRange Addresses = default,
    IReadOnlyList<PatternTest>? Inner = null)
{
    /// <summary>Gets the pattern's own words, for an explanation.</summary>
    internal string Words { get; init; } = "";

    /// <summary>Gets a text that is equal for equal tests.</summary>
    internal string Key => Kind switch
    {
        PatternTestKind.Range => string.Create(
            CultureInfo.InvariantCulture, $"R{BitConverter.DoubleToInt64Bits(Low)}:{BitConverter.DoubleToInt64Bits(High)}"),
        PatternTestKind.Address => string.Create(CultureInfo.InvariantCulture, $"C{Addresses.IsV6}{Addresses.Low}:{Addresses.High}"),
        PatternTestKind.AnythingBut => $"A{string.Join('\0', Inner!.Select(static t => $"{t.Key.Length}:{t.Key}").Order(StringComparer.Ordinal))}",
        _ => $"{(int)Kind}:{Text}",
    };
}
