using System.Collections;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures the scopes of a log call, outermost first: each as a block of values and, if it has one, its text.</summary>
/// <remarks>A scope that throws is replaced by a marker. The other scopes and the event are kept.</remarks>
internal static class ScopeCapture
{
    private static readonly Action<object?, RecordWriter> WriteOne = Write;

    internal static void WriteAll(RecordWriter writer, IExternalScopeProvider scopes)
    {
        int start = writer.Position;
        try
        {
            scopes.ForEachScope(WriteOne, writer);
        }
        catch (Exception exception)
        {
            // Any exception: the scope provider may be the application's. Exceptions of scopes are caught one by one, so this one occurred
            // between two scopes.
            WriteFailed(writer, exception);
        }

        writer.Header.ScopesOffset = writer.Header.ScopeCount == 0 ? 0 : start;
    }

    private static void Write(object? scope, RecordWriter writer)
    {
        if (scope is null)
        {
            return;
        }

        if (writer.IsFull)
        {
            writer.Header.Truncated = true;
            return;
        }

        int start = writer.Position;
        try
        {
            WriteAny(writer, scope);
            writer.Header.ScopeCount++;
        }
        catch (Exception exception)
        {
            // Any exception: the scope is the application's.
            writer.CutTo(start);
            WriteFailed(writer, exception);
        }
    }

    private static void WriteAny(RecordWriter writer, object scope)
    {
        switch (scope)
        {
            case string text:
                WriteText(writer, text);
                break;
            case IReadOnlyList<KeyValuePair<string, object?>> list:
                WriteList(writer, scope, list);
                break;
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                int start = writer.BeginValues(0);
                EndNamed(writer, start, NamedCapture.WriteAll(writer, pairs, out _));
                break;
            case IEnumerable<KeyValuePair<string, string?>> pairs:
                start = writer.BeginValues(0);
                EndNamed(writer, start, NamedCapture.WriteAll(writer, pairs, out _));
                break;
            default:
                WriteForeign(writer, scope);
                break;
        }
    }

    private static void WriteForeign(RecordWriter writer, object scope)
    {
        if (NamedShapes.IsSequence(scope))
        {
            int start = writer.BeginValues(0);
            EndNamed(writer, start, NamedCapture.WriteAll(writer, (IEnumerable)scope, out _));
        }
        else if (NamedShapes.TryRead(scope, out string? name, out object? value))
        {
            int start = writer.BeginValues(0);
            EndNamed(writer, start, NamedCapture.Write(writer, name, value));
        }
        else
        {
            WriteText(writer, ApplicationCode.Text(writer, scope, static s => s.ToString()));
        }
    }

    private static void WriteList(RecordWriter writer, object scope, IReadOnlyList<KeyValuePair<string, object?>> list)
    {
        int count = list.Count;
        string? template = count > 0 && list[count - 1] is { Key: StateCapture.OriginalFormat, Value: string text } ? text : null;
        bool standard = template is not null && scope.GetType().Assembly == typeof(ILogger).Assembly;
        if (standard && count > 1 && StateCapture.TryFindTemplate(writer, template!, count - 1, out InternedString? interned))
        {
            StateCapture.WriteHoles(writer, list, interned!);
            writer.Write(false);
            return;
        }

        int start = writer.BeginValues(0);
        int written = 0;
        int faults = 0;
        for (int i = 0; i < count && faults < RecordWriter.MaxFaultsOfList && !NamedCapture.MustStop(writer, i); i++)
        {
            written += WriteItem(writer, list, i, ref faults);
        }

        writer.EndValues(start, written);
        WriteOwnText(writer, template is null ? null : ApplicationCode.Text(writer, scope, static s => s.ToString()));
    }

    private static int WriteItem(RecordWriter writer, IReadOnlyList<KeyValuePair<string, object?>> list, int index, ref int faults)
    {
        int start = writer.Position;
        try
        {
            KeyValuePair<string, object?> pair = list[index];
            return IsKnownAlready(writer, pair) ? 0 : NamedCapture.Write(writer, pair.Key ?? "", pair.Value);
        }
        catch (Exception exception)
        {
            // Any exception, from the application's own list.
            writer.CutTo(start);
            faults++;
            return NamedCapture.WriteFailed(writer, exception);
        }
    }

    // The host adds the ids of the current activity as a scope, and every event already has them.
    private static bool IsKnownAlready(RecordWriter writer, KeyValuePair<string, object?> pair) =>
        writer.Header.HasTrace && pair.Value is string id
        && ((pair.Key == "TraceId" && id == writer.TraceId) || (pair.Key == "SpanId" && id == writer.SpanId));

    private static void WriteFailed(RecordWriter writer, Exception exception)
    {
        WriteText(writer, writer.Failed(exception));
        writer.Header.ScopeCount++;
    }

    private static void EndNamed(RecordWriter writer, int start, int count)
    {
        writer.EndValues(start, count);
        writer.Write(false);
    }

    private static void WriteText(RecordWriter writer, string? text)
    {
        writer.EndValues(writer.BeginValues(0), 0);
        WriteOwnText(writer, text);
    }

    private static void WriteOwnText(RecordWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.WriteText(text);
        }
    }
}
