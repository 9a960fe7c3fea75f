using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CloudObserve.Cli.Filters;
using CloudObserve.Monitoring;
using CloudObserve.Monitoring.Alarms;

namespace CloudObserve.Cli.Alarms;

/// <summary>Writes the evaluations of a backtest as lines of JSON.</summary>
/// <param name="stream">The output.</param>
/// <param name="writesAll">Whether all evaluations are written; otherwise the changes of the state only.</param>
internal sealed class AlarmStepWriter(Stream stream, bool writesAll) : IDisposable
{
    private const int FlushBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null, new JsonWriterOptions { Encoder = MatchWriter.Encoder });

    public void Dispose() => _json.Dispose();

    internal void Write(AlarmBacktestStep step)
    {
        if (!writesAll && step.Transition is null)
        {
            return;
        }

        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteString("time", step.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        if (writesAll)
        {
            _json.WriteString("state", AlarmStates.ToName(step.State));
        }
        else
        {
            _json.WriteString("from", AlarmStates.ToName(step.Transition!.From));
            _json.WriteString("to", AlarmStates.ToName(step.Transition.To));
            _json.WriteString("reason", step.Transition.Reason);
        }

        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Writes the lines of the buffer.</summary>
    internal void Flush()
    {
        stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
