using System.Globalization;
using System.Text.Json;

namespace CloudObserve.Cli.Events;

/// <summary>Checks that a text is an event.</summary>
internal static class EventText
{
    private const int MaxDepth = 1_000;

    /// <summary>Returns why a text is not an event; <see langword="null"/> if it is one.</summary>
    internal static string? Fault(ReadOnlySpan<byte> utf8)
    {
        // Invalid characters are compared as they are, so only the form is checked.
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "the event is not a JSON object";
            }

            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"the event is not valid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}");
        }
    }
}
