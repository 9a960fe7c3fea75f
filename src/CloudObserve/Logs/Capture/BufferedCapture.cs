using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Logs.Capture;

/// <summary>Captures a record that the logging framework has buffered.</summary>
internal static class BufferedCapture
{
    internal static void Write(RecordWriter writer, BufferedLogRecord record)
    {
        string? template = WriteAttributes(writer, record);

        // A record without a message shows its template instead, because nothing better is available.
        template = ApplicationCode.Text(writer, record, static r => r.MessageTemplate) ?? template;
        writer.Header.Template = writer.Refer(template, template is null ? null : writer.Texts.Intern(template));
        writer.Enter(RecordStage.Message);
        writer.Header.MessageOffset = writer.Position;
        writer.WriteText(ApplicationCode.Text(writer, record, static r => r.FormattedMessage) ?? template);
        writer.Enter(RecordStage.Exception);
        if (ApplicationCode.Text(writer, record, static r => r.Exception) is { Length: > 0 } exception)
        {
            ExceptionCapture.Write(writer, exception);
        }
    }

    private static string? WriteAttributes(RecordWriter writer, BufferedLogRecord record)
    {
        string? template = null;
        int start = writer.BeginValues(0);
        int count;
        try
        {
            count = NamedCapture.WriteAll(writer, record.Attributes, out template);
        }
        catch (Exception exception)
        {
            // Any exception: the record's type may be the application's.
            count = NamedCapture.WriteFailed(writer, exception);
        }

        writer.Header.ValuesOffset = start;
        writer.EndValues(start, count);
        return template;
    }
}
