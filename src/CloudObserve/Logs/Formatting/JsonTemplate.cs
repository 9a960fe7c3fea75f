using System.Runtime.CompilerServices;
using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Holds the prepared JSON of a template's events, from the member <c>message</c> to the end of <c>values</c>.</summary>
/// <remarks>
/// Each value occurs twice in such an event, in the message and by its name. It is rendered once if both forms are the same, which holds
/// for texts, numbers and identifiers.
/// </remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class JsonTemplate
{
    // The positions of values are stored on the stack. A template with more placeholders than this is written without preparation.
    private const int MaxHoles = 16;

    // The text before each value in the message, and the text between the last one and the first named value.
    private readonly Piece[] _literals;

    // The size of all pieces, plus the bytes that block copying writes after the last one.
    private readonly int _fixedBytes;

    // The text between two named values, and after the last one. As before the first, it is the form for texts: it begins and ends with a
    // quotation mark.
    private readonly Piece[] _names;

    private JsonTemplate(IEnumerable<byte[]> literals, IEnumerable<byte[]> names)
    {
        _literals = [.. literals.Select(Piece.Of)];
        _names = [.. names.Select(Piece.Of)];
        _fixedBytes = _literals.Concat(_names).Sum(static piece => piece.Length) + Utf8Buffer.BlockBytes;
    }

    /// <summary>Prepares a template.</summary>
    /// <remarks>Returns <see langword="null"/> if its placeholders have formats, alignments or repeated names, which are rare.</remarks>
    internal static JsonTemplate? Create(InternedString text)
    {
        MessageTemplate template = text.Template;
        TemplateHole[] holes = template.Holes;
        bool isSimple = template is { IsPlain: true, HasRepeatedNames: false } && holes.Length is > 0 and <= MaxHoles
            && Array.TrueForAll(holes, static hole => hole is { Alignment: 0, Format: null });
        if (!isSimple)
        {
            return null;
        }

        byte[] afterMessage = [.. "\",\"template\":"u8, .. text.Json, .. ",\"values\":{"u8, .. holes[0].Name.Json, .. ":\""u8];
        byte[][] literals =
        [
            [.. ",\"message\":\""u8, .. JsonEscaper.Escape(template.LiteralBefore)],
            .. holes[..^1].Select(static hole => JsonEscaper.Escape(hole.LiteralAfter)),
            [.. JsonEscaper.Escape(holes[^1].LiteralAfter), .. afterMessage],
        ];
        return new JsonTemplate(
            literals, [.. holes[1..].Select(static hole => (byte[])[.. "\","u8, .. hole.Name.Json, .. ":\""u8]), "\"}"u8.ToArray()]);
    }

    /// <summary>Writes message, template and values of an event.</summary>
    /// <param name="output">The output.</param>
    /// <param name="values">The event's values, which must belong to this template.</param>
    /// <returns>
    /// <see langword="true"/> if it was written; <see langword="false"/> if nothing was written, because a value has no simple form.
    /// </returns>
    internal bool TryAppend(Utf8Buffer output, LogValues values)
    {
        RenderedValues places = default;
        Span<RenderedValue> rendered = places[..values.Count];
        int begin = output.Length;

        // The pieces are many and short, so space for all of them is reserved once, and the end position is kept in a register.
        Span<byte> bytes = output.Reserve(BoundOf(values));
        int at = begin;
        int position = 0;
        for (int i = 0; i < rendered.Length; i++)
        {
            at = Copy(_literals[i].Padded, _literals[i].Length, bytes, at);
            int from = position;
            int start = at;
            Rendering look = AppendPlain(bytes, ref at, values, ref position);
            if (look == Rendering.None)
            {
                output.CutTo(at);
                look = AppendRare(output, values, ref position);
                if (look == Rendering.None)
                {
                    output.CutTo(begin);
                    return false;
                }

                at = output.Length;
                bytes = output.Reserve(BoundOf(values) + at - begin);
            }

            rendered[i] = new RenderedValue(from, start, at - start, look);
        }

        AppendNamed(output, at, values, rendered);
        return true;
    }

    // The size of the pieces, and twice the largest size of every value that has a simple form.
    private int BoundOf(LogValues values) => _fixedBytes + (2 * (values.ByteCount + (values.Count * Utf8Buffer.ShortText)));

    // Writes values of the most common types as the message shows them, if JSON allows this text in a string unescaped.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Rendering AppendPlain(Span<byte> bytes, ref int at, LogValues values, ref int position)
    {
        switch (values.TagAt(position))
        {
            case ValueTag.Text:
                int next = position;
                ReadOnlySpan<byte> text = values.ReadText(ref next);
                if (JsonEscaper.IsNeeded(text))
                {
                    return Rendering.None;
                }

                position = next;
                text.CopyTo(bytes[at..]);
                at += text.Length;
                return Rendering.Quoted;
            case ValueTag.Guid:
                at += Utf8Buffer.Format(values.Read<Guid>(ref position), bytes[at..]);
                return Rendering.Quoted;
            case ValueTag.Int32:
                at += Utf8Buffer.Format(values.Read<int>(ref position), bytes[at..]);
                return Rendering.Same;
            case ValueTag.Int64:
                at += Utf8Buffer.Format(values.Read<long>(ref position), bytes[at..]);
                return Rendering.Same;
            case ValueTag.Double:
                double number = values.Read<double>(ref position);
                at += Utf8Buffer.Format(number, bytes[at..]);
                return double.IsFinite(number) ? Rendering.Same : Rendering.Other;
            default:
                return Rendering.None;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Rendering AppendRare(Utf8Buffer output, LogValues values, ref int position)
    {
        LogValue value = values.At(position);
        if (value.HasShownText || value.Tag == ValueTag.List)
        {
            return Rendering.None;
        }

        values.Skip(ref position);
        if (value.Tag == ValueTag.Text)
        {
            JsonEscaper.Append(output, value.GetUtf8Text());
            return Rendering.Quoted;
        }

        // Such values contain no characters that must be escaped.
        ValueText.Append(output, in value, null);
        return value.Tag switch
        {
            ValueTag.TimeSpan => Rendering.Quoted,
            (>= ValueTag.SByte and <= ValueTag.UInt64) or ValueTag.Decimal => Rendering.Same,
            _ => Rendering.Other,
        };
    }

    private void AppendNamed(Utf8Buffer output, int end, LogValues values, ReadOnlySpan<RenderedValue> rendered)
    {
        Span<byte> bytes = output.Reserve(0);
        int at = CopyBetween(_literals[^1], true, rendered[0].Look == Rendering.Quoted, bytes, end);
        for (int i = 0; i < rendered.Length; i++)
        {
            if (rendered[i].Look == Rendering.Other)
            {
                output.CutTo(at);
                ValueJsonWriter.Append(output, values.At(rendered[i].Position));
                at = output.Length;
                bytes = output.Reserve(_fixedBytes + end - rendered[0].Start);
            }
            else
            {
                // The bytes read beyond the text are about to be overwritten.
                at = Copy(bytes[rendered[i].Start..], rendered[i].Length, bytes, at);
            }

            bool quotedNext = i + 1 == rendered.Length || rendered[i + 1].Look == Rendering.Quoted;
            at = CopyBetween(_names[i], rendered[i].Look == Rendering.Quoted, quotedNext, bytes, at);
        }

        output.CutTo(at);
    }

    // The quotation marks at both ends belong to the neighbouring values, if those have any.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CopyBetween(Piece piece, bool withFirst, bool withLast, Span<byte> bytes, int at)
    {
        int start = withFirst ? 0 : 1;
        return Copy(piece.Padded.AsSpan(start), piece.Length - start - (withLast ? 0 : 1), bytes, at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Copy(ReadOnlySpan<byte> padded, int length, Span<byte> bytes, int at)
    {
        Utf8Buffer.CopyBlocks(padded, bytes[at..], length);
        return at + length;
    }

    // Specifies how a named value is written: as in the message, in quotation marks, or in another form. None means that it was not
    // written.
    private enum Rendering
    {
        None,
        Other,
        Same,
        Quoted,
    }

    // The position of a value in the record, and the position of its text in the message.
    private readonly record struct RenderedValue(int Position, int Start, int Length, Rendering Look);

    [InlineArray(MaxHoles)]
    private struct RenderedValues
    {
        private RenderedValue _first;
    }

    private readonly record struct Piece(byte[] Padded, int Length)
    {
        internal static Piece Of(byte[] text) => new([.. text, .. new byte[Utf8Buffer.BlockBytes]], text.Length);
    }
}
