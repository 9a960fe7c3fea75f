using System.Globalization;

namespace CloudObserve.Filters;

/// <summary>Represents a field of an event that matches a space-delimited pattern.</summary>
public readonly ref struct FilterField
{
    private readonly string? _label;

    internal FilterField(string? label, int position, ReadOnlySpan<byte> value)
    {
        _label = label;
        Position = position;
        Value = value;
    }

    /// <summary>Gets the position of the field in the event, counted from 1.</summary>
    public int Position { get; }

    /// <summary>Gets the text of the field in UTF-8, without enclosing brackets or quotation marks.</summary>
    public ReadOnlySpan<byte> Value { get; }

    /// <summary>
    /// Gets the name under which AWS reports the field: <c>$status_code</c>, or <c>$5</c> if the pattern does not name it.
    /// </summary>
    /// <remarks>Each call allocates the name.</remarks>
    public string Name => $"${_label ?? Position.ToString(CultureInfo.InvariantCulture)}";
}
