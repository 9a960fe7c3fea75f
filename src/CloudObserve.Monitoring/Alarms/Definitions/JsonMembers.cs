using System.Globalization;
using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Reads the members of a JSON object and collects the faults of all of them.</summary>
/// <remarks>
/// Names are compared without case, because configuration does so. Numbers and booleans may be texts, because configuration and some tools
/// write them so. A member that is <see langword="null"/> counts as absent, and the last of several with one name counts.
/// </remarks>
internal sealed class JsonMembers
{
    private const DateTimeStyles AsUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private const int MaxDepth = 16;
    private const int MaxTextLength = 1024 * 1024;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _known = [];
    private readonly List<string> _faults;
    private readonly List<string>? _unknown;
    private readonly string _path;

    private JsonMembers(JsonElement element, string path, List<string> faults, List<string>? unknown)
    {
        _path = path;
        _faults = faults;
        _unknown = unknown;
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{(path.Length == 0 ? "The input" : path)} must be a JSON object, not {Kind(element)}.");
            return;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            _members[member.Name] = member.Value;
        }
    }

    /// <summary>Reads a definition from JSON.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="read">The function that reads the members. It is called within the life of the document.</param>
    /// <param name="unknown">The list that gets the paths of unknown members; <see langword="null"/> if these are faults.</param>
    /// <param name="maxLength">The largest number of characters.</param>
    /// <exception cref="FormatException">The text is invalid. The message contains all faults.</exception>
    internal static T Read<T>(
        string json, Func<JsonMembers, T> read, List<string>? unknown = null, int maxLength = MaxTextLength)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > maxLength)
        {
            throw new FormatException($"The input has {json.Length} characters, but it may have at most {maxLength}.");
        }

        List<string> faults = [];
        using JsonDocument document = Parse(json);
        try
        {
            T definition = Nested(document.RootElement, "", read, faults, unknown);
            return faults.Count == 0 ? definition : throw new FormatException(string.Join('\n', faults));
        }
        catch (InvalidOperationException exception)
        {
            // The parser accepts half of a surrogate pair as an escape, but gives no text for it.
            throw new FormatException("The input has a text that is not valid Unicode.", exception);
        }
    }

    /// <summary>Parses JSON. Comments and trailing commas are accepted, as in settings files.</summary>
    /// <exception cref="FormatException">The text is not JSON. The message names the line.</exception>
    internal static JsonDocument Parse(string json, int maxDepth = MaxDepth)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions
            {
                MaxDepth = maxDepth,
                AllowTrailingCommas = true,
                CommentHandling = JsonCommentHandling.Skip,
            });
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The input is not valid JSON: {JsonFault.Describe(exception)}", exception);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException("The input has a text that is not valid Unicode.", exception);
        }
    }

    internal bool Has(string name) => _members.ContainsKey(name);

    internal string? Text(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : Fault<string?>(name, "a text", value);

    internal int? Integer(string name) => Number(name) is not { } number ? null
        : number % 1 == 0 && Math.Abs(number) <= int.MaxValue ? (int)number
        : Fault<int?>(name, "a whole number", Find(name)!.Value);

    internal double? Number(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        bool isNumber = value.ValueKind == JsonValueKind.Number ? value.TryGetDouble(out double number)
            : double.TryParse(TextOf(value), NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        return isNumber && double.IsFinite(number) ? number : Fault<double?>(name, "a number", value);
    }

    internal bool? Boolean(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : bool.TryParse(TextOf(value), out bool boolean) ? boolean
        : Fault<bool?>(name, "true or false", value);

    internal TimeSpan? Seconds(string name) => Integer(name) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    internal DateTimeOffset? Time(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : DateTimeOffset.TryParse(TextOf(value), CultureInfo.InvariantCulture, AsUtc, out DateTimeOffset time) ? time
        : Fault<DateTimeOffset?>(name, "a time such as 2026-03-01T10:00:00Z", value);

    internal IReadOnlyList<string> Texts(string name) => Items(name, (value, path) =>
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            _faults.Add($"{path} must be a text, not {Kind(value)}.");
        }

        return TextOf(value) ?? "";
    });

    internal IReadOnlyList<T> Objects<T>(string name, Func<JsonMembers, T> read) =>
        Items(name, (value, path) => Nested(value, path, read, _faults, _unknown));

    internal T? Object<T>(string name, Func<JsonMembers, T> read)
        where T : class => Find(name) is { } value ? Nested(value, PathOf(name), read, _faults, _unknown) : null;

    internal void Fault(string fault) => _faults.Add(fault);

    /// <summary>Accepts members without reading them.</summary>
    internal void Ignore(IEnumerable<string> names) => _known.AddRange(names);

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => value.GetRawText(),
    };

    private static T Nested<T>(
        JsonElement value, string path, Func<JsonMembers, T> read, List<string> faults, List<string>? unknown)
    {
        JsonMembers members = new(value, path, faults, unknown);
        T result = read(members);
        members.RejectUnknown();
        return result;
    }

    private List<T> Items<T>(string name, Func<JsonElement, string, T> read)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return Fault<List<T>>(name, "a list", value) ?? [];
        }

        List<T> items = [];
        foreach (JsonElement item in value.EnumerateArray())
        {
            items.Add(read(item, $"{PathOf(name)}[{items.Count}]"));
        }

        return items;
    }

    // In the words of the AWS command line.
    private void RejectUnknown()
    {
        foreach (string name in _members.Keys.Where(name => !_known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            if (_unknown is not null)
            {
                _unknown.Add(PathOf(name));
                continue;
            }

            string path = _path.Length == 0 ? "input" : _path;
            _faults.Add($"Unknown parameter in {path}: \"{name}\", must be one of: {string.Join(", ", _known)}");
        }
    }

    private JsonElement? Find(string name)
    {
        if (!_known.Contains(name))
        {
            _known.Add(name);
        }

        return _members.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private T? Fault<T>(string name, string expected, JsonElement found)
    {
        _faults.Add($"{PathOf(name)} must be {expected}, not {Kind(found)}.");
        return default;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";
}
