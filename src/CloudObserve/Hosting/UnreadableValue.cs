using System.Text.RegularExpressions;
using CloudObserve.Audit;
using CloudObserve.Logs;
using CloudObserve.Metrics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Represents a configuration value that cannot be converted to the type of its option.</summary>
/// <param name="Key">The full key.</param>
/// <param name="Value">The value.</param>
/// <param name="Type">The full name of the type.</param>
internal sealed partial record UnreadableValue(string Key, string Value, string Type)
{
    // The binder's message gives only the name of the type. Looking the type up by name would need reflection over types that trimming may
    // have removed.
    private static readonly Dictionary<string, string[]> EnumNames = new(StringComparer.Ordinal)
    {
        [typeof(Destination).FullName!] = Enum.GetNames<Destination>(),
        [typeof(MetricUnit).FullName!] = Enum.GetNames<MetricUnit>(),
        [typeof(StorageResolution).FullName!] = Enum.GetNames<StorageResolution>(),
        [typeof(EmbeddedMetricTarget).FullName!] = Enum.GetNames<EmbeddedMetricTarget>(),
        [typeof(LogFormat).FullName!] = Enum.GetNames<LogFormat>(),
        [typeof(WhenFull).FullName!] = Enum.GetNames<WhenFull>(),
        [typeof(LogLevel).FullName!] = Enum.GetNames<LogLevel>(),
        [typeof(AuditGuarantee).FullName!] = Enum.GetNames<AuditGuarantee>(),
    };

    /// <summary>Gets the rule for a valid value, as text.</summary>
    internal string Rule => Type switch
    {
        "System.TimeSpan" => "must be a duration such as 00:01:30",
        "System.Boolean" => "must be true or false",
        "System.Int32" or "System.Int64" => "must be a whole number",
        "System.Double" => "must be a number",
        _ when EnumNames.TryGetValue(Type, out string[]? names) => $"must be one of {string.Join(", ", names)}",
        "System.Uri" => "must be an absolute URI",
        _ => "cannot be read",
    };

    /// <summary>Parses the binder's exception message, which is the only form in which the binder reports the fault.</summary>
    /// <remarks>Returns <see langword="null"/> for other messages.</remarks>
    internal static UnreadableValue? Of(InvalidOperationException exception) =>
        Words().Match(exception.Message) is { Success: true } words
            ? new UnreadableValue(words.Groups["key"].Value, words.Groups["value"].Value, words.Groups["type"].Value)
            : null;

    [GeneratedRegex("^Failed to convert configuration value (?:'(?<value>.*)' )?at '(?<key>[^']+)' to type '(?<type>[^']+)'",
        RegexOptions.Singleline)]
    private static partial Regex Words();
}
