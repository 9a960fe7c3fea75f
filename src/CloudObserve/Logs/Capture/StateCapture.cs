using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures the state of a log call: template, named values, and the message where it cannot be rendered from them.</summary>
internal static class StateCapture
{
    /// <summary>The name under which a state gives its template.</summary>
    internal const string OriginalFormat = "{OriginalFormat}";

    // Optimised from the first call on: the states of the framework are structs, and only optimised code reaches their interface without
    // boxing them. The same goes for each method here that has a TState.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Write<TState>(RecordWriter writer, TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>>)
        {
            WriteList(writer, in state, exception, formatter);
            return;
        }

        if (state is IEnumerable<KeyValuePair<string, object?>> pairs)
        {
            WriteNamed(writer, pairs);
        }

        WriteMessage(writer, state, exception, formatter);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteList<TState>(RecordWriter writer, in TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        int count = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).Count;
        string? template = count == 0 ? null : TemplateOf(((IReadOnlyList<KeyValuePair<string, object?>>)state!)[count - 1]);
        if (template is not null && formatter is not null && StandardFormatter<TState>.Is(formatter))
        {
            if (count == 1 && TryWriteConstant(writer, template))
            {
                return;
            }

            if (count > 1 && TryFindTemplate(writer, template, count - 1, out InternedText? text))
            {
                WritePositional(writer, in state, text!);
                return;
            }
        }

        WriteNamed(writer, in state, template, count);
        WriteMessage(writer, state, exception, formatter);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WritePositional<TState>(RecordWriter writer, in TState state, InternedText template)
    {
        TemplateHole[] holes = template.Template.Holes;
        writer.Header.Template = template.Id;
        writer.Header.ValuesOffset = writer.BeginValues(template.Id);
        for (int i = 0; i < holes.Length; i++)
        {
            ValueCapture.Write(writer, ((IReadOnlyList<KeyValuePair<string, object?>>)state!)[i].Value, holes[i].Format);
        }

        writer.EndValues(writer.Header.ValuesOffset, holes.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteNamed<TState>(RecordWriter writer, in TState state, string? template, int count)
    {
        // A template without values may be text made for this one event; it is not worth a place in the table.
        writer.Header.Template = writer.Refer(template, template is null || count == 1 ? null : writer.Texts.Intern(template));
        writer.Header.ValuesOffset = writer.BeginValues(0);
        int written = 0;
        for (int i = 0; i < count; i++)
        {
            written += NamedCapture.Write(writer, ((IReadOnlyList<KeyValuePair<string, object?>>)state!)[i]);
        }

        writer.EndValues(writer.Header.ValuesOffset, written);
    }

    private static void WriteNamed(RecordWriter writer, IEnumerable<KeyValuePair<string, object?>> pairs)
    {
        writer.Header.ValuesOffset = writer.BeginValues(0);
        writer.EndValues(writer.Header.ValuesOffset, NamedCapture.WriteAll(writer, pairs, out string? template));
        writer.Header.Template = writer.Refer(template, template is null ? null : writer.Texts.Intern(template));
    }

    private static void WriteMessage<TState>(RecordWriter writer, TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        string? message = formatter is null ? state?.ToString() : formatter(state, exception);
        writer.Header.MessageOffset = writer.Position;
        writer.WriteText(message);
    }

    private static string? TemplateOf(KeyValuePair<string, object?> last) => last.Key == OriginalFormat ? last.Value as string : null;

    /// <summary>Captures a message that is its template. One with braces is not: what becomes of them depends on how the call was written.</summary>
    private static bool TryWriteConstant(RecordWriter writer, string template)
    {
        if (template.AsSpan().ContainsAny('{', '}'))
        {
            return false;
        }

        writer.Header.MessageOffset = writer.Position;
        writer.Header.Template = -writer.Position;
        writer.WriteText(template);
        return true;
    }

    internal static bool TryFindTemplate(RecordWriter writer, string template, int values, out InternedText? text)
    {
        text = writer.Texts.Intern(template);
        return text is { Template: { IsPlain: true } parsed } && parsed.Holes.Length == values;
    }
}
