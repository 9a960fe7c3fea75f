namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Checks names and dimension values against CloudWatch's rules.</summary>
internal static class NameRules
{
    /// <summary>Checks that a text is present, not empty, and not too long.</summary>
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

    /// <summary>Checks a text like <see cref="CheckLength"/>, and that it is printable ASCII and not blank.</summary>
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
