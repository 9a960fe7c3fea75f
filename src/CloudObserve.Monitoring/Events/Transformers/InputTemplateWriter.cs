using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Events;

namespace CloudObserve.Monitoring.Events.Transformers;

/// <summary>Puts the values of an event into a template.</summary>
/// <remarks>
/// In a template that is a JSON object, a value outside of quotation marks is JSON, and a missing one an empty string. In any other
/// template, and inside of quotation marks, a value is its text; objects and lists then lose their quotation marks, but not inside of an
/// object's string, where the result is no JSON and is not delivered.
/// </remarks>
internal sealed class InputTemplateWriter(
    InputTransformer transformer, JsonElement document, RuleIdentity rule, DateTimeOffset ingestionTime)
{
    private readonly bool _isJson = InputRules.IsJsonTemplate(transformer.InputTemplate);

    internal string Write()
    {
        string template = transformer.InputTemplate;
        StringBuilder text = new();
        int position = 0;
        bool isQuoted = false;
        foreach (Match placeholder in InputRules.Placeholder().Matches(template))
        {
            isQuoted = IsQuoted(template.AsSpan(position..placeholder.Index), isQuoted);
            _ = text.Append(template, position, placeholder.Index - position);
            position = placeholder.Index + placeholder.Length;
            string name = placeholder.Groups["name"].Value;
            _ = text.Append(IsKnown(name) ? Shown(ValueOf(name), isQuoted) : placeholder.Value);
        }

        return text.Append(template.AsSpan(position)).ToString();
    }

    private static bool IsQuoted(ReadOnlySpan<char> part, bool isQuoted)
    {
        for (int i = 0; i < part.Length; i++)
        {
            i += part[i] == '\\' ? 1 : 0;
            isQuoted ^= i < part.Length && part[i] == '"' && (i == 0 || part[i - 1] != '\\');
        }

        return isQuoted;
    }

    private static string Text(string? json)
    {
        using JsonDocument? value = json is null ? null : JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1_000 });
        StringBuilder text = new();
        if (value is not null)
        {
            AddText(value.RootElement, text);
        }

        return text.ToString();
    }

    private static void AddText(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                _ = text.Append(value.GetString());
                break;
            case JsonValueKind.Array:
                AddAll(value.EnumerateArray(), '[', ']', text, static (element, to) => AddText(element, to));
                break;
            case JsonValueKind.Object:
                AddAll(value.EnumerateObject(), '{', '}', text, static (member, to) =>
                {
                    _ = to.Append(member.Name).Append(':');
                    AddText(member.Value, to);
                });
                break;
            default:
                _ = text.Append(value.GetRawText());
                break;
        }
    }

    private static void AddAll<T>(IEnumerable<T> values, char open, char close, StringBuilder text, Action<T, StringBuilder> add)
    {
        _ = text.Append(open);
        bool isFirst = true;
        foreach (T value in values)
        {
            _ = isFirst ? text : text.Append(',');
            isFirst = false;
            add(value, text);
        }

        _ = text.Append(close);
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private string Shown(string? json, bool isQuoted) =>
        !_isJson ? Text(json)
        : !isQuoted ? json ?? "\"\""
        : json is ['"', .. string inside, '"'] ? inside
        : json ?? "";

    private bool IsKnown(string name) => transformer.InputPathsMap.ContainsKey(name)
        || name is "aws.events.rule-arn" or "aws.events.rule-name" or "aws.events.event.ingestion-time" or "aws.events.event"
            or InputRules.WholeEvent;

    // The JSON text of a value.
    private string? ValueOf(string name) => name switch
    {
        "aws.events.rule-arn" => Quote(rule.Arn),
        "aws.events.rule-name" => Quote(rule.Name),
        "aws.events.event.ingestion-time" =>
            Quote(ingestionTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        "aws.events.event" =>
            $"{{{string.Join(',', document.EnumerateObject().Where(static m => m.Name != "detail").Select(static m => m.ToString()))}}}",
        InputRules.WholeEvent => document.GetRawText(),
        _ => InputPaths.Find(document, transformer.InputPathsMap[name]),
    };
}
