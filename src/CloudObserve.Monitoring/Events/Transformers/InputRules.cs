using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Events;

namespace CloudObserve.Monitoring.Events.Transformers;

/// <summary>Checks the inputs of targets as EventBridge does.</summary>
internal static partial class InputRules
{
    internal const string WholeEvent = "aws.events.event.json";

    private const string Predefined = "aws.events.";
    private const int MaxPaths = 100;
    private const int MaxDepth = 1_000;

    internal static IReadOnlyList<string> Faults(TargetInput input, string target)
    {
        int given = (input.Input is null ? 0 : 1) + (input.InputPath is null ? 0 : 1) + (input.InputTransformer is null ? 0 : 1);
        if (given > 1)
        {
            return [$"Only one of Input, InputPath, or InputTransformer must be provided for target {target}."];
        }

        if (input.InputPath is { Length: > 0 } path && !InputPaths.IsValid(path))
        {
            return [$"InputPath for target {target} is invalid."];
        }

        // EventBridge accepts an empty constant, and delivers nothing.
        if (input.Input is { Length: > 0 } text && JsonFault(text) is { } fault)
        {
            return [$"JSON syntax error in input for target {target}: {fault}"];
        }

        return input.InputTransformer is { } transformer ? Faults(transformer, target) : [];
    }

    /// <summary>Returns a text, and whether EventBridge would deliver it: each of its lines, or all of it, must be a JSON value.</summary>
    internal static TargetBody Checked(string text) =>
        new(text, JsonFault(text) is null || text.Split('\n').All(static line => JsonFault(line) is null));

    internal static bool IsJsonTemplate(string template) => template.AsSpan().TrimStart() is ['{', ..];

    internal static IEnumerable<string> Placeholders(string template) =>
        Placeholder().Matches(template).Select(static m => m.Groups["name"].Value);

    [GeneratedRegex("<(?<name>[A-Za-z0-9_.-]+)>", RegexOptions.ExplicitCapture)]
    internal static partial Regex Placeholder();

    private static List<string> Faults(InputTransformer transformer, string target)
    {
        List<string> faults = [];
        IReadOnlyDictionary<string, string> paths = transformer.InputPathsMap;
        if (paths.Count > MaxPaths)
        {
            faults.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"InputPathsMap for target {target} has {paths.Count} paths; at most {MaxPaths} are allowed."));
        }

        if (paths.Keys.FirstOrDefault(static key => !Name().IsMatch(key)) is { } invalid)
        {
            faults.Add(
                $"1 validation error detected: Value '{{{invalid}={paths[invalid]}}}' at 'targets.1.member.inputTransformer.inputPathsMap' "
                + "failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 256, "
                + "Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: "
                + "[A-Za-z0-9\\_\\-]+]");
        }

        if (paths.Values.Any(static path => !InputPaths.IsValid(path)))
        {
            faults.Add($"InputPath for target {target} is invalid.");
        }

        foreach (string name in Placeholders(transformer.InputTemplate).Distinct(StringComparer.Ordinal))
        {
            if (name == WholeEvent && !IsJsonTemplate(transformer.InputTemplate))
            {
                faults.Add($"InputTemplate for target {target} contains placeholder {WholeEvent} valid only for JSON template.");
            }
            else if (paths.Count > 0 && !paths.ContainsKey(name) && !name.StartsWith(Predefined, StringComparison.Ordinal))
            {
                faults.Add($"InputTemplate for target {target} contains invalid placeholder {name}.");
            }
        }

        return faults;
    }

    private static string? JsonFault(string text)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException exception)
        {
            return Monitoring.JsonFault.Describe(exception);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_\-]{1,256}\z")]
    private static partial Regex Name();
}
