using CloudObserve.LogEvents.Text;
using CloudObserve.Logs.Capture;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes values as the standard formatter shows them in a message.</summary>
internal static class ValueText
{
    internal static void Append(Utf8Buffer output, in LogValue value, string? format)
    {
        switch (value.Tag)
        {
            case ValueTag.Null: output.Append("(null)"u8); break;
            case ValueTag.Text: output.Append(value.GetUtf8Text()); break;
            case ValueTag.False: output.Append("False"u8); break;
            case ValueTag.True: output.Append("True"u8); break;
            case ValueTag.SByte: output.Append(value.Read<sbyte>(), format); break;
            case ValueTag.Byte: output.Append(value.Read<byte>(), format); break;
            case ValueTag.Int16: output.Append(value.Read<short>(), format); break;
            case ValueTag.UInt16: output.Append(value.Read<ushort>(), format); break;
            case ValueTag.Int32: output.Append(value.Read<int>(), format); break;
            case ValueTag.UInt32: output.Append(value.Read<uint>(), format); break;
            case ValueTag.Int64: output.Append(value.Read<long>(), format); break;
            case ValueTag.UInt64: output.Append(value.Read<ulong>(), format); break;
            case ValueTag.Single: output.Append(value.Read<float>(), format); break;
            case ValueTag.Double: output.Append(value.Read<double>(), format); break;
            case ValueTag.Decimal: output.Append(value.Read<decimal>(), format); break;
            case ValueTag.DateTime: output.Append(value.Read<DateTime>(), format); break;
            case ValueTag.DateTimeOffset: output.Append(value.Read<DateTimeOffset>(), format); break;
            case ValueTag.TimeSpan: output.Append(value.Read<TimeSpan>(), format); break;
            case ValueTag.Guid: output.Append(value.Read<Guid>(), format); break;
            case ValueTag.List: AppendItems(output, value.GetItems()); break;
        }
    }

    private static void AppendItems(Utf8Buffer output, LogValues items)
    {
        bool first = true;
        foreach (LogValue item in items)
        {
            output.Append(first ? ""u8 : ", "u8);
            Append(output, in item, null);
            first = false;
        }
    }
}
