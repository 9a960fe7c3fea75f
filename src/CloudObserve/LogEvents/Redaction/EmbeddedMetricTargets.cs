using System.Text.Json;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds the members of an embedded metric document that are its metrics and dimensions.</summary>
/// <remarks>
/// A metric may be called <c>Token</c>. Its value is a number that is meant to be seen, and replacing it would destroy the metric. The
/// document is read only when redaction is about to replace a value because of its field's name, which is rare.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EmbeddedMetricTargets
{
    /// <summary>The nesting limit of a document, which is the same as that of the shortener.</summary>
    internal const int MaxDepth = 1000;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(int Start, int End)> _values = [];
    private bool _isRead;

    /// <summary>Discards the data of the previous document.</summary>
    internal void Begin() => _isRead = false;

    /// <summary>Returns whether a part of the document is the whole value of a metric or a dimension.</summary>
    /// <param name="document">A valid document.</param>
    /// <param name="start">The index at which the part begins. For a string, the index after its opening quotation mark.</param>
    /// <param name="end">The index after the part.</param>
    internal bool IsValue(ReadOnlySpan<byte> document, int start, int end)
    {
        if (!_isRead)
        {
            Read(document);
            _isRead = true;
        }

        return _values.Contains((start, end));
    }

    private static Utf8JsonReader Open(ReadOnlySpan<byte> document) =>
        new(document, new JsonReaderOptions { MaxDepth = MaxDepth });

    private void Read(ReadOnlySpan<byte> document)
    {
        _names.Clear();
        _values.Clear();
        Utf8JsonReader reader = Open(document);
        while (reader.Read())
        {
            if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && reader.ValueTextEquals("_aws"u8))
            {
                ReadNames(ref reader);
            }
        }

        // The names may follow the values, so the document is read a second time.
        reader = Open(document);
        while (reader.Read())
        {
            if (reader is { CurrentDepth: 1, TokenType: JsonTokenType.PropertyName } && _names.Contains(reader.GetString()!))
            {
                _values.Add(ReadValue(ref reader));
            }
        }
    }

    // Dimensions is an array of arrays of names. In Metrics, each definition has a member with its name.
    private void ReadNames(ref Utf8JsonReader reader)
    {
        // The first and last tokens of a value have the depth of its name; tokens inside are deeper.
        int depth = reader.CurrentDepth;
        bool isDimension = false;
        bool isName = false;
        _ = reader.Read();
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                isDimension = reader.ValueTextEquals("Dimensions"u8);
                isName = reader.ValueTextEquals("Name"u8);
            }
            else if (reader.TokenType == JsonTokenType.String && (isDimension || isName))
            {
                _ = _names.Add(reader.GetString()!);
            }
        }
    }

    private static (int Start, int End) ReadValue(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        int quote = reader.TokenType == JsonTokenType.String ? 1 : 0;
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start + quote, (int)reader.BytesConsumed - quote);
    }
}
