using System.Text.RegularExpressions;

namespace CloudObserve.Hosting;

/// <summary>A value of the configuration that is not of its option's type.</summary>
/// <param name="Key">The whole key.</param>
/// <param name="Value">The value.</param>
/// <param name="Type">The full name of the type.</param>
internal sealed partial record UnreadableValue(string Key, string Value, string Type)
{
    /// <summary>Gets what the value should have been, in words.</summary>
    internal string Rule => Type switch
    {
        "System.TimeSpan" => "must be a duration such as 00:01:30",
        "System.Boolean" => "must be true or false",
        "System.Int32" or "System.Int64" => "must be a whole number",
        "System.Double" => "must be a number",
        _ => $"is no {Type[(Type.LastIndexOf('.') + 1)..]}",
    };

    /// <summary>Reads what the binder says, which has no other form for it. What does not speak of a value is nothing.</summary>
    internal static UnreadableValue? Of(InvalidOperationException fault) =>
        Words().Match(fault.Message) is { Success: true } words
            ? new UnreadableValue(words.Groups["key"].Value, words.Groups["value"].Value, words.Groups["type"].Value)
            : null;

    [GeneratedRegex("^Failed to convert configuration value (?:'(?<value>.*)' )?at '(?<key>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline)]
    private static partial Regex Words();
}
