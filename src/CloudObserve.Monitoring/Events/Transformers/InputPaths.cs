using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudObserve.Monitoring.Events.Transformers;

/// <summary>Evaluates the paths of input transformers: <c>$</c>, names behind dots, and <c>[0]</c> or <c>[*]</c>.</summary>
internal static class InputPaths
{
    private const int MaxDepth = 1_000;

    // EventBridge refuses keys in brackets, asterisks behind dots, filters and functions.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("[]'\"*()?@,<> ");

    /// <exception cref="ArgumentException">The text is not a JSON object.</exception>
    internal static JsonDocument Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document : throw new ArgumentException("An event must be a JSON object.", nameof(utf8));
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"An event must be a JSON object. {exception.Message}", nameof(utf8), exception);
        }
    }

    internal static bool IsValid(string path)
    {
        ReadOnlySpan<char> rest = path;
        if (rest.IsEmpty || rest[0] != '$')
        {
            return false;
        }

        rest = rest[1..];
        while (!rest.IsEmpty)
        {
            int length = rest[0] == '.' ? NameLength(rest) : IndexLength(rest);
            if (length == 0)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }

    /// <summary>Returns the JSON text at a valid path; <see langword="null"/> if there is none.</summary>
    internal static string? Find(JsonElement root, string path)
    {
        List<JsonElement> found = [root];
        bool isList = false;
        ReadOnlySpan<char> rest = path.AsSpan(1);
        while (!rest.IsEmpty)
        {
            bool isName = rest[0] == '.';
            int length = isName ? NameLength(rest) : IndexLength(rest);
            ReadOnlySpan<char> step = isName ? rest[1..length] : rest[1..(length - 1)];
            isList |= !isName && step is "*";
            found = isName ? Named(found, step.ToString()) : Indexed(found, step.ToString());
            rest = rest[length..];
        }

        return isList ? List(found) : found.Count == 0 ? null : found[0].GetRawText();
    }

    private static int NameLength(ReadOnlySpan<char> rest)
    {
        int end = rest[1..].IndexOfAny('.', '[');
        ReadOnlySpan<char> name = end < 0 ? rest[1..] : rest[1..(end + 1)];
        return name.IsEmpty || name.ContainsAny(Forbidden) ? 0 : name.Length + 1;
    }

    private static int IndexLength(ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOf(']');
        return rest[0] == '[' && end > 0
            && (rest[1..end] is "*" || int.TryParse(rest[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? end + 1 : 0;
    }

    private static List<JsonElement> Named(List<JsonElement> from, string name)
    {
        List<JsonElement> found = [];
        foreach (JsonElement element in from)
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value))
            {
                found.Add(value);
            }
        }

        return found;
    }

    private static List<JsonElement> Indexed(List<JsonElement> from, string index)
    {
        List<JsonElement> found = [];
        foreach (JsonElement element in from.Where(static e => e.ValueKind == JsonValueKind.Array))
        {
            if (index == "*")
            {
                found.AddRange(element.EnumerateArray());
            }
            else if (int.Parse(index, CultureInfo.InvariantCulture) is int at && at < element.GetArrayLength())
            {
                found.Add(element[at]);
            }
        }

        return found;
    }

    private static string List(List<JsonElement> elements)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            elements.ForEach(element => element.WriteTo(json));
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
