using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs;

/// <summary>An exception of a log event, as texts.</summary>
/// <remarks>Valid as long as the event it comes from. Of an event that was buffered only the whole text is known; it is the <see cref="StackTrace"/>.</remarks>
public readonly ref struct LogExceptionInfo
{
    private LogExceptionInfo(ReadOnlySpan<byte> type, ReadOnlySpan<byte> message, ReadOnlySpan<byte> stackTrace, LogExceptions inner)
    {
        Type = type;
        Message = message;
        StackTrace = stackTrace;
        Inner = inner;
    }

    /// <summary>Gets the full name of the exception's type as UTF-8.</summary>
    public ReadOnlySpan<byte> Type { get; }

    /// <summary>Gets the message as UTF-8.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>Gets the stack trace as UTF-8; empty when it was never thrown.</summary>
    public ReadOnlySpan<byte> StackTrace { get; }

    /// <summary>Gets the exceptions that caused it: none, one, or all of an <see cref="AggregateException"/>.</summary>
    public LogExceptions Inner { get; }

    internal static LogExceptionInfo Read(ReadOnlySpan<byte> record, scoped ref int position)
    {
        ReadOnlySpan<byte> type = RecordReader.ReadText(record, ref position);
        ReadOnlySpan<byte> message = RecordReader.ReadText(record, ref position);
        ReadOnlySpan<byte> stack = RecordReader.ReadText(record, ref position);
        int inner = RecordReader.Read<int>(record, ref position);
        LogExceptionInfo read = new(type, message, stack, new LogExceptions(record, position, inner));
        for (int i = 0; i < inner; i++)
        {
            Skip(record, ref position);
        }

        return read;
    }

    private static void Skip(ReadOnlySpan<byte> record, scoped ref int position)
    {
        _ = RecordReader.ReadText(record, ref position);
        _ = RecordReader.ReadText(record, ref position);
        _ = RecordReader.ReadText(record, ref position);
        int inner = RecordReader.Read<int>(record, ref position);
        for (int i = 0; i < inner; i++)
        {
            Skip(record, ref position);
        }
    }
}
