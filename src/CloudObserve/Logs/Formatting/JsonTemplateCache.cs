using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Holds the prepared JSON of templates, by the id of the template's text.</summary>
/// <remarks>
/// The number of ids is limited by the table of texts. A formatter of the application can be given events of several tables, in which one
/// id stands for different texts. So each entry is compared with its text.
/// </remarks>
/// <threadsafety>Not safe for concurrent use, like the formatter that owns it.</threadsafety>
internal sealed class JsonTemplateCache
{
    private const int FirstSize = 64;

    private Entry[] _byId = [];

    /// <summary>Finds or prepares a template.</summary>
    /// <param name="text">A text of a table, so one with an id.</param>
    /// <returns>The prepared JSON, or <see langword="null"/> if the template is not simple enough.</returns>
    internal JsonTemplate? Find(InternedString text)
    {
        Entry[] byId = _byId;
        return text.Id < byId.Length && byId[text.Id].Text == text ? byId[text.Id].Template : Add(text);
    }

    private JsonTemplate? Add(InternedString text)
    {
        if (text.Id >= _byId.Length)
        {
            Array.Resize(ref _byId, Math.Max(FirstSize, 2 * text.Id));
        }

        JsonTemplate? template = JsonTemplate.Create(text);
        _byId[text.Id] = new Entry(text, template);
        return template;
    }

    private readonly record struct Entry(InternedString? Text, JsonTemplate? Template);
}
