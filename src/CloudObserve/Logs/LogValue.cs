using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;
using CloudObserve.Logs.Formatting;

namespace CloudObserve.Logs;

/// <summary>Represents a value of a log event, with its name unless it is an item of a list.</summary>
/// <remarks>Valid as long as its event.</remarks>
public readonly ref struct LogValue
{
    private readonly InternedString? _interned;
    private readonly ReadOnlySpan<byte> _name;
    private readonly ReadOnlySpan<byte> _payload;
    private readonly bool _shown;

    // The bytes begin with the tag and may continue after the value.
    internal LogValue(InternedString? interned, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        _interned = interned;
        _name = name;
        _shown = (bytes[0] & ValueCapture.WithShownText) != 0;
        Tag = (ValueTag)(bytes[0] & ~ValueCapture.WithShownText);
        _payload = bytes[1..];
    }

    /// <summary>Gets the name of the value; empty for an item of a list.</summary>
    public string Name => _interned?.Text ?? Encoding.UTF8.GetString(_name);

    /// <summary>Gets the name of the value as UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8Name => _interned is null ? _name : _interned.Utf8;

    /// <summary>Gets the type of the value.</summary>
    public LogValueKind Kind => Tag switch
    {
        ValueTag.Null => LogValueKind.Null,
        ValueTag.Text => LogValueKind.Text,
        ValueTag.False or ValueTag.True => LogValueKind.Boolean,
        ValueTag.UInt64 => LogValueKind.UnsignedNumber,
        ValueTag.Single or ValueTag.Double => LogValueKind.FloatingPoint,
        ValueTag.Decimal => LogValueKind.DecimalNumber,
        ValueTag.DateTime => LogValueKind.DateTime,
        ValueTag.DateTimeOffset => LogValueKind.DateTimeOffset,
        ValueTag.TimeSpan => LogValueKind.TimeSpan,
        ValueTag.Guid => LogValueKind.Identifier,
        ValueTag.List => LogValueKind.List,
        _ => LogValueKind.SignedNumber,
    };

    internal ValueTag Tag { get; }

    /// <summary>Gets whether the text shown in the message was created at the call.</summary>
    internal bool HasShownText => _shown;

    /// <summary>Gets the interned text of the name, or <see langword="null"/>.</summary>
    internal InternedString? InternedName => _interned;

    /// <summary>Returns the text of a value of kind <see cref="LogValueKind.Text"/> as UTF-8.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ReadOnlySpan<byte> GetUtf8Text()
    {
        Expect(LogValueKind.Text);
        int position = 0;
        return LogRecordReader.ReadText(_payload, ref position);
    }

    /// <summary>Returns a value of kind <see cref="LogValueKind.Boolean"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public bool GetBoolean()
    {
        Expect(LogValueKind.Boolean);
        return Tag == ValueTag.True;
    }

    /// <summary>Returns a value of kind <see cref="LogValueKind.SignedNumber"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public long GetInt64() => Tag switch
    {
        ValueTag.SByte => Read<sbyte>(),
        ValueTag.Byte => Read<byte>(),
        ValueTag.Int16 => Read<short>(),
        ValueTag.UInt16 => Read<ushort>(),
        ValueTag.Int32 => Read<int>(),
        ValueTag.UInt32 => Read<uint>(),
        ValueTag.Int64 => Read<long>(),
        _ => throw NotA(LogValueKind.SignedNumber),
    };

    /// <summary>Returns a value of kind <see cref="LogValueKind.UnsignedNumber"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public ulong GetUInt64() => Get<ulong>(LogValueKind.UnsignedNumber);

    /// <summary>Returns a value of kind <see cref="LogValueKind.FloatingPoint"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public double GetDouble() => Tag == ValueTag.Single ? Read<float>() : Get<double>(LogValueKind.FloatingPoint);

    /// <summary>Returns a value of kind <see cref="LogValueKind.DecimalNumber"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public decimal GetDecimal() => Get<decimal>(LogValueKind.DecimalNumber);

    /// <summary>Returns a value of kind <see cref="LogValueKind.DateTime"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public DateTime GetDateTime() => Get<DateTime>(LogValueKind.DateTime);

    /// <summary>Returns a value of kind <see cref="LogValueKind.DateTimeOffset"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public DateTimeOffset GetDateTimeOffset() => Get<DateTimeOffset>(LogValueKind.DateTimeOffset);

    /// <summary>Returns a value of kind <see cref="LogValueKind.TimeSpan"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public TimeSpan GetTimeSpan() => Get<TimeSpan>(LogValueKind.TimeSpan);

    /// <summary>Returns a value of kind <see cref="LogValueKind.Identifier"/>.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public Guid GetGuid() => Get<Guid>(LogValueKind.Identifier);

    /// <summary>Returns the items of a value of kind <see cref="LogValueKind.List"/>.</summary>
    /// <returns>The items, which have no names.</returns>
    /// <exception cref="InvalidOperationException">The value is of another kind.</exception>
    public LogValues GetItems()
    {
        Expect(LogValueKind.List);
        return LogValues.OfList(_payload);
    }

    /// <summary>Writes the value as the standard formatter shows it in a message, in the invariant culture.</summary>
    /// <param name="output">Receives the text as UTF-8.</param>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Utf8Buffer buffer = ReaderThread.Buffer;
        buffer.CutTo(0);
        ValueText.Append(buffer, in this, null);
        output.Write(buffer.Written);
    }

    /// <summary>Reads the bytes as the type that the tag specifies.</summary>
    internal T Read<T>()
        where T : unmanaged => MemoryMarshal.Read<T>(_payload);

    /// <summary>Gets the text shown in the message, if it had to be created at the call.</summary>
    internal bool TryGetShownText(out ReadOnlySpan<byte> text)
    {
        int position = 0;
        if (_shown)
        {
            _ = LogRecordReader.ReadText(_payload, ref position);
            text = LogRecordReader.ReadText(_payload, ref position);
            return true;
        }

        text = default;
        return false;
    }

    private T Get<T>(LogValueKind expected)
        where T : unmanaged
    {
        Expect(expected);
        return Read<T>();
    }

    private void Expect(LogValueKind expected)
    {
        if (Kind != expected)
        {
            throw NotA(expected);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private InvalidOperationException NotA(LogValueKind expected) => new($"The value '{Name}' is of kind {Kind}, not {expected}.");
}
