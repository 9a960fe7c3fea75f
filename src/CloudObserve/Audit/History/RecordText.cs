using System.Text;
using System.Text.Json;

namespace CloudObserve.Audit.History;

/// <summary>Reads texts of records.</summary>
/// <remarks>JSON allows escapes of lone surrogates, which are not text; a text with such escapes is returned as written.</remarks>
internal static class RecordText
{
    internal static string Of(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(json.ValueSpan);
        }
    }

    internal static bool Is(ref Utf8JsonReader json, string value)
    {
        try
        {
            return json.ValueTextEquals(value);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
