using System.Text;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs.Capture;

/// <summary>A text that many events share, with the forms the reader needs made once.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InternedText
{
    private readonly Lazy<MessageTemplate> _template;
    private readonly Lazy<JsonTemplate?> _jsonTemplate;

    internal InternedText(int id, string text)
    {
        Id = id;
        Text = text;
        Utf8 = Encoding.UTF8.GetBytes(text);
        Json = JsonEscaping.Quote(Utf8);
        _template = new Lazy<MessageTemplate>(() => MessageTemplate.Parse(text));
        _jsonTemplate = new Lazy<JsonTemplate?>(() => JsonTemplate.Create(this));
    }

    /// <summary>Gets what a record refers to it by; 0 when it is in no table.</summary>
    internal int Id { get; }

    internal string Text { get; }

    internal byte[] Utf8 { get; }

    /// <summary>Gets it as a JSON string, quotes included.</summary>
    internal byte[] Json { get; }

    /// <summary>Gets it read as a message template.</summary>
    internal MessageTemplate Template => _template.Value;

    /// <summary>Gets it prepared for writing its events as JSON, if it is simple enough for that.</summary>
    internal JsonTemplate? JsonTemplate => _jsonTemplate.Value;
}
