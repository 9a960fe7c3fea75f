using System.Collections;
using System.Runtime.CompilerServices;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures the state of a log call: template, named values, and the message if it cannot be rendered from them.</summary>
internal static class StateCapture
{
    /// <summary>The name under which a state provides its template.</summary>
    internal const string OriginalFormat = "{OriginalFormat}";

    // Values of a template are written even without space for them, each as a marker. Beyond this number, values are written with their
    // names, and only while there is space.
    private const int MaxHoles = 64;

    // Optimized from the first call on: the framework's states are structs, and only optimized code calls their interface without boxing.
    // The same holds for each method here with a TState parameter.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Write<TState>(RecordWriter writer, TState state, Exception? exception, Func<TState, Exception?, string>? formatter)
    {
        int start = writer.Position;
        string? template = null;
        try
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>>)
            {
                if (WriteList(writer, in state, formatter, ref template))
                {
                    return;
                }
            }
            else
            {
                WriteSequence(writer, state, ref template);
            }
        }
        catch (Exception fault)
        {
            // Any exception, from the application's own state. Without the state, the message still describes the event.
            writer.CutTo(start);
            writer.Header.Template = 0;
            writer.Header.ValuesOffset = writer.BeginValues(0);
            writer.EndValues(writer.Header.ValuesOffset, NamedCapture.WriteFailed(writer, fault));
        }

        WriteMessage(writer, state, exception, formatter, template);
    }

    /// <summary>Writes the values of a template's placeholders.</summary>
    /// <remarks>The template provides their names and number.</remarks>
    /// <returns>The offset at which the block begins.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int WriteHoles<TState>(RecordWriter writer, in TState state, InternedString template)
    {
        TemplateHole[] holes = template.Template.Holes;
        int start = writer.BeginValues(template.Id);
        for (int i = 0; i < holes.Length;)
        {
            int place = writer.Position;
            try
            {
                // Continues after a placeholder that threw. Most calls need only one exception handler for all placeholders.
                for (; i < holes.Length; i++)
                {
                    place = writer.Position;
                    ValueCapture.Write(writer, ((IReadOnlyList<KeyValuePair<string, object?>>)state!)[i].Value, holes[i].Format);
                }
            }
            catch (Exception exception)
            {
                // Any exception: the state throws if it was given fewer arguments than it has placeholders.
                writer.CutTo(place);
                ValueCapture.WriteFailed(writer, exception);
                i++;
            }
        }

        writer.EndValues(start, holes.Length);
        return start;
    }

    // Returns whether the message has been captured too.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool WriteList<TState>(
        RecordWriter writer, in TState state, Func<TState, Exception?, string>? formatter, ref string? template)
    {
        int count = ((IReadOnlyList<KeyValuePair<string, object?>>)state!).Count;
        template = count == 0 ? null : TemplateOf(((IReadOnlyList<KeyValuePair<string, object?>>)state!)[count - 1]);
        if (template is not null && formatter is not null && StandardFormatter<TState>.Is(formatter))
        {
            if (count == 1 && TryWriteConstant(writer, template))
            {
                return true;
            }

            if (count > 1 && TryFindTemplate(writer, template, count - 1, out InternedString? text))
            {
                writer.Header.Template = text!.Id;
                writer.Header.ValuesOffset = WriteHoles(writer, in state, text);
                return true;
            }
        }

        WriteNamed(writer, in state, template, count);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteNamed<TState>(RecordWriter writer, in TState state, string? template, int count)
    {
        // A template without values may be a text that was created for this event, so it is not added to the table.
        writer.Header.Template = writer.Refer(template, template is null || count == 1 ? null : writer.Texts.Intern(template));
        writer.Header.ValuesOffset = writer.BeginValues(0);
        int written = 0;
        int faults = 0;
        for (int i = 0; i < count && faults < RecordWriter.MaxFaultsOfList;)
        {
            int place = writer.Position;
            try
            {
                for (; i < count && !NamedCapture.MustStop(writer, i); i++)
                {
                    place = writer.Position;
                    KeyValuePair<string, object?> pair = ((IReadOnlyList<KeyValuePair<string, object?>>)state!)[i];
                    written += NamedCapture.Write(writer, pair.Key ?? "", pair.Value);
                }

                break;
            }
            catch (Exception exception)
            {
                // Any exception, from the application's own list.
                writer.CutTo(place);
                written += NamedCapture.WriteFailed(writer, exception);
                faults++;
                i++;
            }
        }

        writer.EndValues(writer.Header.ValuesOffset, written);
    }

    private static void WriteSequence<TState>(RecordWriter writer, TState state, ref string? template)
    {
        if (state is null or string)
        {
            return;
        }

        object named = state;
        int start = writer.Position;
        int? written = named switch
        {
            IEnumerable<KeyValuePair<string, object?>> pairs => WriteBlock(writer, pairs, ref template),
            IEnumerable<KeyValuePair<string, string?>> pairs => WriteBlock(writer, pairs, ref template),
            _ when NamedShapes.IsSequence(named) => WriteBlock(writer, (IEnumerable)named, ref template),
            _ => null,
        };
        if (written is { } count)
        {
            writer.Header.ValuesOffset = start;
            writer.EndValues(start, count);
            writer.Header.Template = writer.Refer(template, template is null ? null : writer.Texts.Intern(template));
        }
    }

    private static int WriteBlock<T>(RecordWriter writer, IEnumerable<KeyValuePair<string, T>> pairs, ref string? template)
    {
        _ = writer.BeginValues(0);
        return NamedCapture.WriteAll(writer, pairs, out template);
    }

    private static int WriteBlock(RecordWriter writer, IEnumerable pairs, ref string? template)
    {
        _ = writer.BeginValues(0);
        return NamedCapture.WriteAll(writer, pairs, out template);
    }

    private static void WriteMessage<TState>(
        RecordWriter writer, TState state, Exception? exception, Func<TState, Exception?, string>? formatter, string? template)
    {
        writer.Enter(RecordStage.Message);
        string? message;
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            message = formatter is null ? state?.ToString() : formatter(state, exception);
        }
        catch (Exception fault)
        {
            // Any exception, from the call's own formatter. The template is shown instead.
            message = template is null ? writer.Failed(fault) : $"{writer.Failed(fault)} {template}";
        }

        writer.Header.MessageOffset = writer.Position;
        writer.WriteText(message);
    }

    private static string? TemplateOf(KeyValuePair<string, object?> last) => last.Key == OriginalFormat ? last.Value as string : null;

    /// <summary>Captures a message that equals its template.</summary>
    /// <remarks>A template with braces is excluded, because the result depends on how the call was written.</remarks>
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

    internal static bool TryFindTemplate(RecordWriter writer, string template, int values, out InternedString? text)
    {
        text = writer.Texts.Intern(template);
        return text is { Template: { IsPlain: true } parsed } && parsed.Holes.Length == values && values <= MaxHoles;
    }
}
