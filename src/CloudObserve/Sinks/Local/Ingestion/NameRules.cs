namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>What CloudWatch asks of names and of dimension values.</summary>
internal static class NameRules
{
    /// <summary>Present, not empty, not too long.</summary>
    internal static void CheckLength(string? value, string path, int maxLength)
    {
        if (value is null)
        {
            throw ErrorCodes.Required(path);
        }

        if (value.Length == 0)
        {
            throw ErrorCodes.Invalid(path, "must not be empty");
        }

        if (value.Length > maxLength)
        {
            throw ErrorCodes.Invalid(path, $"must be shorter than {maxLength + 1} characters");
        }
    }

    /// <summary>As <see cref="CheckLength"/>, and printable ASCII with something besides blanks.</summary>
    internal static void CheckText(string? value, string path, int maxLength)
    {
        CheckLength(value, path, maxLength);
        if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw ErrorCodes.Invalid(path, "must contain only printable ASCII characters");
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            throw ErrorCodes.Invalid(path, "must contain at least one character that is not whitespace");
        }
    }

    internal static void CheckNoLeadingColon(string value, string path)
    {
        if (value[0] == ':')
        {
            throw ErrorCodes.Invalid(path, "must not begin with a colon");
        }
    }
}
