using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CloudObserve.Contracts;
using CloudObserve.Filters;

namespace CloudObserve.Cli.Filters;

/// <summary>Writes one line of JSON for each match through a buffer.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class MatchWriter : IDisposable
{
    /// <summary>The encoder for output to a terminal or a JSON parser.</summary>
    /// <remarks>The output is not HTML, so letters of all languages are left unescaped.</remarks>
    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private const int FlushBytes = 64 * 1024;

    private static readonly JsonEncodedText File = JsonEncodedText.Encode("file");
    private static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText Dimensions = JsonEncodedText.Encode("dimensions");
    private static readonly JsonEncodedText Fields = JsonEncodedText.Encode("fields");

    private readonly Stream _stream;
    private readonly FilterTransformation _transformation;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes);
    private readonly Utf8JsonWriter _json;
    private byte[] _text = [];

    internal MatchWriter(Stream stream, FilterTransformation transformation)
    {
        _stream = stream;
        _transformation = transformation;

        // Names and values come from this tool or are validated, and validation in each call would cost as much as the writing.
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true });
    }

    public void Dispose() => _json.Dispose();

    /// <summary>Writes a match.</summary>
    /// <param name="file">The file of the match; <see langword="null"/> to omit it.</param>
    /// <param name="line">The line number.</param>
    /// <param name="message">The event.</param>
    /// <param name="captures">The captures of the transformation's extractor.</param>
    internal void Write(string? file, long line, ReadOnlySpan<byte> message, ReadOnlySpan<FilterCapture> captures)
    {
        _json.Reset();
        _json.WriteStartObject();
        if (file is not null)
        {
            _json.WriteString(File, file);
        }

        _json.WriteNumber(Line, line);
        _json.WritePropertyName(Message);
        WriteText(message);
        WriteValue(message, captures);
        WriteDimensions(message, captures);
        WriteFields(message);
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }

    /// <summary>Writes the buffered data to the stream.</summary>
    internal void Flush()
    {
        if (_buffer.WrittenCount > 0)
        {
            // The buffer is cleared first, so that data that could not be written is not written again at exit.
            ReadOnlyMemory<byte> written = _buffer.WrittenMemory;
            _buffer.ResetWrittenCount();
            _stream.Write(written.Span);
        }
    }

    private void WriteValue(ReadOnlySpan<byte> message, ReadOnlySpan<FilterCapture> captures)
    {
        if (!_transformation.HasValue)
        {
            return;
        }

        _json.WritePropertyName(Value);
        if (_transformation.ValueOf(message, captures) is double value)
        {
            _json.WriteNumberValue(value);
        }
        else
        {
            _json.WriteNullValue();
        }
    }

    private void WriteDimensions(ReadOnlySpan<byte> message, ReadOnlySpan<FilterCapture> captures)
    {
        if (_transformation.Dimensions.Count == 0)
        {
            return;
        }

        _json.WriteStartObject(Dimensions);
        foreach ((JsonEncodedText name, int capture) in _transformation.Dimensions)
        {
            _json.WritePropertyName(name);
            WriteCapture(message, captures[capture]);
        }

        _json.WriteEndObject();
    }

    private void WriteCapture(ReadOnlySpan<byte> message, FilterCapture capture)
    {
        if (capture.Kind is FilterValueKind.Missing or FilterValueKind.Null)
        {
            _json.WriteNullValue();
            return;
        }

        if (_text.Length < capture.Length)
        {
            _text = GC.AllocateUninitializedArray<byte>(ServiceLimits.PutLogEvents.MaxMessageBytes);
        }

        _ = capture.TryCopyText(message, _text, out int written);
        WriteText(_text.AsSpan(0, written));
    }

    private void WriteFields(ReadOnlySpan<byte> message)
    {
        if (_transformation.Extractor.Pattern.Kind != FilterPatternKind.SpaceDelimited)
        {
            return;
        }

        _json.WriteStartObject(Fields);
        foreach (FilterField field in _transformation.Extractor.Pattern.GetFields(message))
        {
            _json.WritePropertyName(field.Name);
            WriteText(field.Value);
        }

        _json.WriteEndObject();
    }

    private void WriteText(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
        {
            _json.WriteStringValue(utf8);
            return;
        }

        // JSON contains characters, not bytes, so invalid UTF-8 becomes replacement characters.
        _json.WriteStringValue(Encoding.UTF8.GetString(utf8));
    }
}
