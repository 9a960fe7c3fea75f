using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures the scopes around a log call, outermost first: each as a block of values and, if it has one, its text.</summary>
internal static class ScopeCapture
{
    private static readonly Action<object?, RecordWriter> WriteOne = Write;

    internal static void WriteAll(RecordWriter writer, IExternalScopeProvider scopes)
    {
        int start = writer.Position;
        scopes.ForEachScope(WriteOne, writer);
        writer.Header.ScopesOffset = writer.Header.ScopeCount == 0 ? 0 : start;
    }

    private static void Write(object? scope, RecordWriter writer)
    {
        if (scope is null)
        {
            return;
        }

        writer.Header.ScopeCount++;
        switch (scope)
        {
            case IReadOnlyList<KeyValuePair<string, object?>> list:
                WriteList(writer, scope, list);
                break;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                int start = writer.BeginValues(0);
                writer.EndValues(start, NamedCapture.WriteAll(writer, pairs, out _));
                writer.Write(false);
                break;
            default:
                writer.EndValues(writer.BeginValues(0), 0);
                WriteText(writer, scope.ToString());
                break;
        }
    }

    private static void WriteList(RecordWriter writer, object scope, IReadOnlyList<KeyValuePair<string, object?>> list)
    {
        int count = list.Count;
        string? template = count > 0 && list[count - 1] is { Key: StateCapture.OriginalFormat, Value: string text } ? text : null;
        bool standard = template is not null && scope.GetType().Assembly == typeof(ILogger).Assembly;
        if (standard && count > 1 && StateCapture.TryFindTemplate(writer, template!, count - 1, out InternedText? interned))
        {
            WritePositional(writer, list, interned!);
            return;
        }

        int start = writer.BeginValues(0);
        int written = 0;
        for (int i = 0; i < count; i++)
        {
            written += IsKnownAlready(writer, list[i]) ? 0 : NamedCapture.Write(writer, list[i]);
        }

        writer.EndValues(start, written);
        WriteText(writer, template is null ? null : scope.ToString());
    }

    private static void WritePositional(RecordWriter writer, IReadOnlyList<KeyValuePair<string, object?>> list, InternedText template)
    {
        TemplateHole[] holes = template.Template.Holes;
        int start = writer.BeginValues(template.Id);
        for (int i = 0; i < holes.Length; i++)
        {
            ValueCapture.Write(writer, list[i].Value, holes[i].Format);
        }

        writer.EndValues(start, holes.Length);
        writer.Write(false);
    }

    // A host puts the ids of the current activity into a scope, and every event has them already.
    private static bool IsKnownAlready(RecordWriter writer, KeyValuePair<string, object?> pair) =>
        writer.Header.HasTrace && pair.Value is string id
        && ((pair.Key == "TraceId" && id == writer.TraceId) || (pair.Key == "SpanId" && id == writer.SpanId));

    private static void WriteText(RecordWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.WriteText(text);
        }
    }
}
