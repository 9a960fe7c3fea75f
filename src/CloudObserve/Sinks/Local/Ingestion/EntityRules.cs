namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks the entity of datums against CloudWatch's rules.</summary>
/// <remarks>
/// Source: the service model, and "Add related information to custom telemetry" in the user guide. Only the message for an unknown type was
/// observed. In the other messages the first word is CloudWatch's; the rest is not.
/// </remarks>
internal static class EntityRules
{
    private const int MinKeyAttributes = 2;
    private const int MaxKeyAttributes = 4;
    private const int MaxAttributes = 10;
    private const int MaxKeyLength = 32;
    private const int MaxAttributeNameLength = 256;
    private const int MaxValueLength = 2048;

    private static readonly string[] KeyNames = ["Type", "ResourceType", "Identifier", "Name", "Environment"];

    /// <summary>Finds the fault of an entity.</summary>
    /// <returns>CloudWatch's error word with a description, or <see langword="null"/> if the entity is valid.</returns>
    internal static string? FindFault(WireEntityMetricData item)
    {
        if (item.KeyAttributes is not { } keys || !keys.TryGetValue("Type", out string? type) || type is null)
        {
            return "MissingRequiredFields: KeyAttributes must have a Type";
        }

        if (RequiredOf(type) is not { } required)
        {
            return "InvalidTypeValue: Unknown entity type";
        }

        if (keys.Count is < MinKeyAttributes or > MaxKeyAttributes || keys.Any(pair => !IsKey(pair.Key, pair.Value)))
        {
            return "InvalidKeyAttributes: KeyAttributes must have 2 to 4 entries of known names, and values of 1 to 2,048 characters";
        }

        if (!Array.TrueForAll(required, keys.ContainsKey))
        {
            return $"MissingRequiredFields: An entity of type {type} needs {string.Join(" and ", required)}";
        }

        return item.Attributes is { } attributes
            && (attributes.Count > MaxAttributes || attributes.Any(pair => !IsAttribute(pair.Key, pair.Value)))
            ? "InvalidAttributes: Attributes must have at most 10 entries, names of 1 to 256 characters and values of 1 to 2,048"
            : null;
    }

    private static string[]? RequiredOf(string type) => type switch
    {
        "AWS::Resource" or "Resource" => ["ResourceType", "Identifier"],
        "AWS::Service" or "RemoteService" => ["Name"],
        "Service" => ["Name", "Environment"],
        _ => null,
    };

    private static bool IsKey(string name, string? value) =>
        name.Length <= MaxKeyLength && Array.IndexOf(KeyNames, name) >= 0 && value is { Length: > 0 and <= MaxValueLength };

    private static bool IsAttribute(string name, string? value) =>
        name.Length is > 0 and <= MaxAttributeNameLength && value is { Length: > 0 and <= MaxValueLength };
}
