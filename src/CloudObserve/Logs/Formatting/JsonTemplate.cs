using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>What all events of one template have in common as JSON, put together once: from the member <c>message</c> to the end of <c>values</c>.</summary>
/// <remarks>
/// Each value stands in such an event twice, in the message and by its name. It is rendered once where both look the same, which is so for
/// texts, numbers and identifiers.
/// </remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class JsonTemplate
{
    // Where the values stand is noted on the stack. A message with more than these is written like one without a template.
    private const int MaxHoles = 16;

    // What precedes each value in the message, and what follows the last up to the first value's name.
    private readonly byte[][] _literals;

    // What precedes each value but the first among the named ones.
    private readonly byte[][] _names;

    private JsonTemplate(byte[][] literals, byte[][] names)
    {
        _literals = literals;
        _names = names;
    }

    /// <summary>Prepares a template; <see langword="null"/> when its places have formats, paddings or a name twice, which are rare.</summary>
    internal static JsonTemplate? Create(InternedText text)
    {
        MessageTemplate template = text.Template;
        TemplateHole[] holes = template.Holes;
        bool isSimple = template is { IsPlain: true, HasRepeatedNames: false } && holes.Length is > 0 and <= MaxHoles
            && Array.TrueForAll(holes, static hole => hole is { Alignment: 0, Format: null });
        if (!isSimple)
        {
            return null;
        }

        byte[] afterMessage = [.. "\",\"template\":"u8, .. text.Json, .. ",\"values\":{"u8, .. holes[0].Name.Json, (byte)':'];
        byte[][] literals =
        [
            [.. ",\"message\":\""u8, .. JsonEscaping.Escape(template.LiteralBefore)],
            .. holes[..^1].Select(static hole => JsonEscaping.Escape(hole.LiteralAfter)),
            [.. JsonEscaping.Escape(holes[^1].LiteralAfter), .. afterMessage],
        ];
        return new JsonTemplate(literals, [.. holes[1..].Select(static hole => (byte[])[(byte)',', .. hole.Name.Json, (byte)':'])]);
    }

    /// <summary>Writes message, template and values of an event.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="values">The event's values, which are this template's.</param>
    /// <returns>Whether it was written; otherwise nothing was, because a value needs more than this.</returns>
    internal bool TryAppend(Utf8Buffer output, LogValues values)
    {
        Span<RenderedValue> rendered = stackalloc RenderedValue[MaxHoles];
        rendered = rendered[..values.Count];
        int begin = output.Length;
        int position = 0;
        for (int i = 0; i < rendered.Length; i++)
        {
            output.Append(_literals[i]);
            rendered[i] = new RenderedValue(position, output.Length);
            if (!TryAppendShown(output, values.At(position)))
            {
                output.CutTo(begin);
                return false;
            }

            rendered[i].Length = output.Length - rendered[i].Start;
            values.Skip(ref position);
        }

        output.Append(_literals[^1]);
        AppendNamed(output, values, rendered);
        return true;
    }

    // As the message shows it, which without texts in it has nothing to escape.
    private static bool TryAppendShown(Utf8Buffer output, LogValue value)
    {
        if (value.HasShownText || value.Tag == ValueTag.List)
        {
            return false;
        }

        if (value.Tag == ValueTag.Text)
        {
            JsonEscaping.Append(output, value.GetUtf8Text());
        }
        else
        {
            ValueText.Append(output, in value, null);
        }

        return true;
    }

    private void AppendNamed(Utf8Buffer output, LogValues values, ReadOnlySpan<RenderedValue> rendered)
    {
        for (int i = 0; i < rendered.Length; i++)
        {
            if (i > 0)
            {
                output.Append(_names[i - 1]);
            }

            AppendNamed(output, values.At(rendered[i].Position), rendered[i]);
        }

        output.Append((byte)'}');
    }

    private static void AppendNamed(Utf8Buffer output, LogValue value, RenderedValue rendered)
    {
        switch (value.Tag)
        {
            case ValueTag.Text or ValueTag.Guid or ValueTag.TimeSpan:
                output.Append((byte)'"');
                output.Repeat(rendered.Start, rendered.Length);
                output.Append((byte)'"');
                break;
            case (>= ValueTag.SByte and <= ValueTag.UInt64) or ValueTag.Decimal:
                output.Repeat(rendered.Start, rendered.Length);
                break;
            case ValueTag.Double when double.IsFinite(value.Read<double>()):
                output.Repeat(rendered.Start, rendered.Length);
                break;
            default:
                ValueJson.Append(output, in value);
                break;
        }
    }

    // Where a value begins in the record, and where its text stands in the message.
    private record struct RenderedValue(int Position, int Start)
    {
        internal int Length;
    }
}
