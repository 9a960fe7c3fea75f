using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>Represents the exception of a log event, as texts.</summary>
/// <remarks>Valid as long as its event. For a buffered event only the whole text is known; it is in <see cref="StackTrace"/>.</remarks>
public readonly ref struct LogExceptionInfo
{
    // Type, message, stack trace and text.
    private const int TextCount = 4;

    private LogExceptionInfo(
        ReadOnlySpan<byte> type, ReadOnlySpan<byte> message, ReadOnlySpan<byte> stackTrace, ReadOnlySpan<byte> text, LogValues data,
        LogExceptions inner)
    {
        Type = type;
        Message = message;
        StackTrace = stackTrace;
        Text = text;
        Data = data;
        Inner = inner;
    }

    /// <summary>Gets the full name of the exception's type as UTF-8.</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>Gets the message as UTF-8.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>Gets the stack trace as UTF-8; empty if the exception was never thrown.</summary>
    public ReadOnlySpan<byte> StackTrace { get; }

    /// <summary>Gets the result of the exception's <c>ToString</c> as UTF-8; empty if its type does not override <c>ToString</c>.</summary>
    /// <value>It is also empty for the framework's own types, because the other properties contain the same information.</value>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Gets the entries of the exception's <see cref="Exception.Data"/>, named by their keys.</summary>
    public LogValues Data { get; }

    /// <summary>Gets the inner exceptions: none, one, or all of an <see cref="AggregateException"/>.</summary>
    public LogExceptions Inner { get; }

    internal static LogExceptionInfo Read(ReadOnlySpan<byte> record, scoped ref int position, InternTable texts)
    {
        ReadOnlySpan<byte> type = LogRecordReader.ReadText(record, ref position);
        ReadOnlySpan<byte> message = LogRecordReader.ReadText(record, ref position);
        ReadOnlySpan<byte> stack = LogRecordReader.ReadText(record, ref position);
        ReadOnlySpan<byte> text = LogRecordReader.ReadText(record, ref position);
        LogValues data = LogValues.Read(record, ref position, texts);
        int inner = LogRecordReader.Read<int>(record, ref position);
        LogExceptionInfo read = new(type, message, stack, text, data, new LogExceptions(record, position, inner, texts));
        for (int i = 0; i < inner; i++)
        {
            Skip(record, ref position);
        }

        return read;
    }

    private static void Skip(ReadOnlySpan<byte> record, scoped ref int position)
    {
        for (int texts = 0; texts < TextCount; texts++)
        {
            _ = LogRecordReader.ReadText(record, ref position);
        }

        LogRecordReader.SkipValues(record, ref position);
        int inner = LogRecordReader.Read<int>(record, ref position);
        for (int i = 0; i < inner; i++)
        {
            Skip(record, ref position);
        }
    }
}
