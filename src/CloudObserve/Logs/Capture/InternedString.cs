using System.Text;
using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.Capture;

/// <summary>Represents a text that many events share, with the forms that the reader needs.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InternedString
{
    private readonly Lazy<MessageTemplate> _template;

    internal InternedString(int id, string text)
    {
        Id = id;
        Text = text;
        Utf8 = Encoding.UTF8.GetBytes(text);
        Json = JsonEscaper.Quote(Utf8);
        _template = new Lazy<MessageTemplate>(() => MessageTemplate.Parse(text));
    }

    /// <summary>Gets the id by which records refer to the text; 0 if it is not in a table.</summary>
    internal int Id { get; }

    internal string Text { get; }

    internal byte[] Utf8 { get; }

    /// <summary>Gets the text as a JSON string, including quotation marks.</summary>
    internal byte[] Json { get; }

    /// <summary>Gets the text parsed as a message template.</summary>
    internal MessageTemplate Template => _template.Value;

    /// <summary>Writes a text as a JSON string.</summary>
    /// <remarks>If it is interned, its prepared form is used.</remarks>
    internal static void AppendQuoted(Utf8Buffer output, InternedString? interned, ReadOnlySpan<byte> utf8)
    {
        if (interned is not null)
        {
            output.Append(interned.Json);
        }
        else
        {
            JsonEscaper.AppendQuoted(output, utf8);
        }
    }
}
