using System.Text.Json;

namespace CloudObserve.Audit.Reading;

/// <summary>Reads a sealed file of this library or of CloudTrail: an object with the array <c>Records</c>.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogFileReader(Stream content, ContentHash? hash = null) : RecordReader(content, hash, MaxFileBytes)
{
    /// <summary>The largest uncompressed size in bytes.</summary>
    /// <remarks>A CloudTrail file has at most 50 MB; a file that decompresses to more is an attack on time and memory.</remarks>
    internal const int MaxFileBytes = 64 * 1024 * 1024;

    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
    private Place _place;
    private int _taken;
    private int _before;
    private bool _hasFailed;

    private enum Place
    {
        BeforeObject,
        InObject,
        BeforeRecords,
        InRecords,
        InObjectAfterRecords,
    }

    private protected override Step Next()
    {
        Consume(_taken);
        _taken = 0;
        if (_hasFailed)
        {
            return Step.Ended;
        }

        Utf8JsonReader json = new(Unread, IsAtEnd, _state);
        try
        {
            return Next(ref json);
        }
        catch (JsonException)
        {
            // If no fault was found before the end of the data, the file is only incomplete.
            return Fail(IsAtEnd ? RecordFault.Torn : RecordFault.NotJson, _before);
        }
    }

    private Step Next(ref Utf8JsonReader json)
    {
        while (true)
        {
            int before = _before = (int)json.BytesConsumed;
            JsonReaderState stateBefore = json.CurrentState;

            // A value is read completely or not at all, so that reading can continue after the last complete one.
            if (!json.Read() || !TrySkipValue(ref json))
            {
                return Pause(before, stateBefore);
            }

            if (_place == Place.InRecords && json.TokenType == JsonTokenType.EndObject)
            {
                int start = Start(before);
                return Take(start, json.BytesConsumed - start, json.CurrentState);
            }

            if (!TryEnter(ref json))
            {
                return Fail(_place == Place.InRecords ? RecordFault.NotJson : RecordFault.NoRecords, before);
            }
        }
    }

    // In the array of records and in unknown members, a value may be an object or array of any size.
    private bool TrySkipValue(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => _place is Place.BeforeObject or Place.BeforeRecords || json.TrySkip(),
        JsonTokenType.StartArray => _place is Place.BeforeRecords || json.TrySkip(),
        _ => true,
    };

    private bool TryEnter(ref Utf8JsonReader json)
    {
        switch (_place)
        {
            case Place.BeforeObject when json.TokenType == JsonTokenType.StartObject:
                _place = Place.InObject;
                return true;
            case Place.InObject when json.TokenType == JsonTokenType.PropertyName:
                _place = json.ValueTextEquals("Records"u8) ? Place.BeforeRecords : Place.InObject;
                return true;
            case Place.BeforeRecords when json.TokenType == JsonTokenType.StartArray:
                _place = Place.InRecords;
                return true;
            case Place.InRecords when json.TokenType == JsonTokenType.EndArray && json.CurrentDepth == 1:
                _place = Place.InObjectAfterRecords;
                return true;
            default:
                return _place == Place.InObjectAfterRecords || (_place == Place.InObject && json.CurrentDepth > 0);
        }
    }

    // The reader provides the start of a token, but after an object has been skipped that is the end of the object. White space and the
    // comma before the object are known.
    private int Start(int before) => before + Unread[before..].IndexOf((byte)'{');

    private Step Take(int start, long length, JsonReaderState state)
    {
        if (length > MaxRecordBytes)
        {
            return Fail(RecordFault.TooLong, start);
        }

        _state = state;
        _taken = start + (int)length;
        return Found(start, (int)length);
    }

    private Step Pause(int consumed, JsonReaderState state)
    {
        if (IsAtEnd)
        {
            return _place == Place.InObjectAfterRecords && Unread[consumed..].Trim(" \t\r\n"u8).IsEmpty
                ? Step.Ended : Fail(RecordFault.Torn, consumed);
        }

        if (Unread.Length - consumed > MaxRecordBytes)
        {
            return Fail(RecordFault.TooLong, consumed);
        }

        _state = state;
        Consume(consumed);
        return Step.MoreNeeded;
    }

    // After a fault the start of the next record is unknown. A caller that needs the hash continues to read without records.
    private Step Fail(RecordFault fault, int at)
    {
        _hasFailed = true;
        return Failed(fault, at);
    }
}
