using System.Text;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs.Capture;

/// <summary>Represents a text that many events share, with the forms that the reader needs.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InternedString
{
    private readonly Lazy<MessageTemplate> _template;
    private readonly Lazy<JsonTemplate?> _jsonTemplate;

    internal InternedString(int id, string text)
    {
        Id = id;
        Text = text;
        Utf8 = Encoding.UTF8.GetBytes(text);
        Json = JsonEscaper.Quote(Utf8);
        _template = new Lazy<MessageTemplate>(() => MessageTemplate.Parse(text));
        _jsonTemplate = new Lazy<JsonTemplate?>(() => JsonTemplate.Create(this));
    }

    /// <summary>Gets the id by which records refer to the text; 0 if it is not in a table.</summary>
    internal int Id { get; }

    internal string Text { get; }

    internal byte[] Utf8 { get; }

    /// <summary>Gets the text as a JSON string, including quotation marks.</summary>
    internal byte[] Json { get; }

    /// <summary>Gets the text parsed as a message template.</summary>
    internal MessageTemplate Template => _template.Value;

    /// <summary>Gets the prepared JSON of the template's events, or <see langword="null"/> if the template is not simple enough.</summary>
    internal JsonTemplate? JsonTemplate => _jsonTemplate.Value;
}
