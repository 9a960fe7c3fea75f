using System.Buffers;
using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs;

/// <summary>Represents one of the scopes of a log event.</summary>
/// <remarks>Valid as long as its event.</remarks>
public readonly ref struct LogScope
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly bool _hasOwnText;

    private LogScope(LogValues values, bool hasOwnText, ReadOnlySpan<byte> text)
    {
        Values = values;
        _hasOwnText = hasOwnText;
        _text = text;
    }

    /// <summary>Gets the scope's named values.</summary>
    public LogValues Values { get; }

    /// <summary>Gets whether the scope has a text or a message, and not only named values.</summary>
    public bool HasText => _hasOwnText || Values.Template is not null;

    /// <summary>Writes the text of the scope; nothing if it has none.</summary>
    /// <param name="output">Receives the text as UTF-8.</param>
    public void WriteText(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Utf8Buffer buffer = ReaderThread.Buffer;
        buffer.CutTo(0);
        AppendText(buffer);
        output.Write(buffer.Written);
    }

    internal void AppendText(Utf8Buffer output)
    {
        if (Values.Template is { } template)
        {
            MessageRenderer.Append(output, template, Values);
        }
        else
        {
            output.Append(_text);
        }
    }

    internal static LogScope Read(ReadOnlySpan<byte> record, scoped ref int position, InternTable texts)
    {
        LogValues values = LogValues.Read(record, ref position, texts);
        bool hasText = LogRecordReader.Read<bool>(record, ref position);
        return new LogScope(values, hasText, hasText ? LogRecordReader.ReadText(record, ref position) : default);
    }
}
