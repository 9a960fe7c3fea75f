using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudObserve.Audit;
using CloudObserve.Diagnostics;
using CloudObserve.LogEvents.Routing;

namespace CloudObserve.Tests.Documentation;

/// <summary>
/// Writes <c>ConfigurationSchema.json</c>: the part of the schema of <c>appsettings.json</c> that is the library's, in the form in which
/// .NET's own components bring theirs. It refuses keys that no package of CloudObserve has. Configuration compares keys and names of
/// enumerations without regard to case, and so does the schema.
/// </summary>
internal static class ConfigurationSchema
{
    /// <summary>The pattern of times the binder accepts, without the form "5", which would mean days.</summary>
    internal const string TimePattern = @"^(\d+\.)?([01]?\d|2[0-3]):[0-5]?\d(:[0-5]?\d(\.\d{1,7})?)?$";

    private const string NamespacePattern = "^(?!AWS/)(?=.*[!-~])[ -~]{1,255}$";

    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string[] Categories =
        ["CloudObserve", Log.DeliveryCategory, Log.MisuseCategory, Log.HostCategory, AuditMessages.Category, Log.InternalCategory];

    // The rules of CloudWatch that a range cannot state.
    private static readonly Dictionary<string, JsonObject> Rules = new(StringComparer.Ordinal)
    {
        ["CloudObserve:Metrics:Namespace"] = Pattern(NamespacePattern),
        ["CloudObserve:MetricFilters:{name}:Namespace"] = Pattern(NamespacePattern),
        ["CloudObserve:Logs:RetentionInDays"] = OneOf(RetentionPeriods.Days),
        ["CloudObserve:AuditTrail:LogRetentionInDays"] = OneOf(RetentionPeriods.Days),
        ["CloudObserve:Logs:LogGroupClass"] = OneOf(LogRules.Classes),
        ["CloudObserve:AuditTrail:AccountId"] = Pattern("^[0-9]{12}$"),
    };

    /// <param name="package">The package that brings it: each brings that of its own keys, and editors merge them.</param>
    internal static string Write(string package)
    {
        JsonObject schema = new()
        {
            ["type"] = "object",
            ["properties"] = Object(OptionTree.Sections.Where(s => IsFirstOf(package, s)), s => s.Path.Split(':')[0], s => Below(s.Path)),
        };
        if (package == OptionTree.Packages.First())
        {
            schema.Insert(0, "definitions", new JsonObject { ["logLevel"] = new JsonObject { ["properties"] = LogLevels() } });
        }

        return schema.ToJsonString(Form) + "\n";
    }

    // Sections below it are written with it.
    private static bool IsFirstOf(string package, OptionSection section) =>
        section.Package == package
        && !OptionTree.Sections.Any(s => s.Package == package && section.Path.StartsWith(s.Path + ":", StringComparison.Ordinal));

    // What stands above a package's section belongs to others: it is named, and nothing else is said of it.
    private static JsonObject Below(string path, int depth = 1)
    {
        string[] names = path.Split(':');
        return depth == names.Length
            ? Section(path)
            : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { [names[depth]] = Below(path, depth + 1) } };
    }

    // The definition is in the schema that editors merge this one into.
    private static JsonObject LogLevels() =>
        Object(Categories, c => c, _ => new JsonObject { ["$ref"] = "#/definitions/logLevelThreshold" });

    private static JsonObject Section(string path)
    {
        OptionSection section = OptionTree.Sections.Single(s => s.Path == path);
        JsonObject properties = Object(section.Keys, k => k.Name, Key);
        foreach ((string name, string description) in DefinitionKeys.Names.Where(_ => DefinitionKeys.Section == path))
        {
            properties[name] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = description,
                ["additionalProperties"] = new JsonObject { ["type"] = "object" },
            };
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["description"] = DocText.Plain(section.Summary),
            ["propertyNames"] = new JsonObject { ["pattern"] = InAnyCase(NamesBelow(path)) },
            ["properties"] = properties,
        };
    }

    // The names that packages beside this one have in the same section are known too.
    private static IEnumerable<string> NamesBelow(string path) => OptionTree.Sections
        .SelectMany(s => s.Keys.Select(k => k.Path).Append(s.Path))
        .Concat(DefinitionKeys.Paths)
        .Where(p => p.StartsWith(path + ":", StringComparison.Ordinal))
        .Select(p => p[(path.Length + 1)..].Split(':')[0])
        .Distinct();

    // The patterns of JSON Schema have no switch for it.
    private static string InAnyCase(IEnumerable<string> names) => $"^({string.Join('|', names.Select(InAnyCase))})$";

    private static string InAnyCase(string name) => string.Concat(name.Select(c =>
        char.IsAsciiLetter(c) ? $"[{char.ToUpperInvariant(c)}{char.ToLowerInvariant(c)}]" : c.ToString()));

    private static JsonObject Key(OptionKey key)
    {
        JsonObject schema = key.ElementType is null ? One(key) : Many(key);
        schema["description"] = DocText.Plain($"{key.Summary} {key.Value}".Trim());
        return schema;
    }

    private static JsonObject One(OptionKey key)
    {
        if (key.Options is not null)
        {
            return Section(key.BelowPath);
        }

        JsonObject schema = Rules.TryGetValue(key.Path, out JsonObject? rule) ? rule.DeepClone().AsObject() : OfType(key.Type);
        if (key.Type != typeof(TimeSpan) && StatedRange.Of(key) is { } range)
        {
            schema["minimum"] = (long)range.Min;
            schema["maximum"] = (long)range.Max;
        }

        if (key.Default is not null)
        {
            schema["default"] = Value(key.Default);
        }

        return schema;
    }

    private static JsonObject Many(OptionKey key)
    {
        JsonObject element = key.Options is null ? OfType(key.ElementType!) : Section(key.BelowPath);
        return key.IsMap
            ? new JsonObject { ["type"] = "object", ["additionalProperties"] = element }
            : new JsonObject { ["type"] = "array", ["items"] = element };
    }

    private static JsonObject OfType(Type type) => type switch
    {
        _ when type.IsEnum => new JsonObject
        {
            ["anyOf"] = new JsonArray(OneOf(Enum.GetNames(type)), new JsonObject
            {
                ["type"] = "string",
                ["pattern"] = InAnyCase(Enum.GetNames(type)),
            }),
        },
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(TimeSpan) => new JsonObject { ["type"] = "string", ["pattern"] = TimePattern },
        _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
        _ when type == typeof(Uri) => new JsonObject { ["type"] = "string", ["format"] = "uri" },
        _ when type == typeof(double) => new JsonObject { ["type"] = "number" },
        _ => new JsonObject { ["type"] = "integer" },
    };

    private static JsonObject Pattern(string pattern) => new() { ["type"] = "string", ["pattern"] = pattern };

    private static JsonObject OneOf<T>(IEnumerable<T> values) =>
        new() { ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };

    private static JsonNode? Value(object value) => value switch
    {
        bool flag => flag,
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        int number => number,
        long number => number,
        double number => number,
        _ => value.ToString(),
    };

    private static JsonObject Object<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> value)
    {
        JsonObject made = [];
        foreach (T item in items)
        {
            made[name(item)] = value(item);
        }

        return made;
    }
}
