using System.Buffers;
using System.Text;
using CloudObserve.Audit.Files;

namespace CloudObserve.Tests.Audit.Files;

public sealed class TrailStampTests
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void What_is_written_is_read(long sequence)
    {
        TrailStamp stamp = new(sequence, RecordHash.Of("before"u8));
        ArrayBufferWriter<byte> text = new();
        stamp.Write(text);

        Assert.True(text.WrittenCount <= TrailStamp.MaxLength);
        Assert.True(TrailStamp.TryRead(Encoding.UTF8.GetBytes("{\"a\":[1],\"additionalEventData\":{" + Encoding.UTF8.GetString(text.WrittenSpan) + ",\"mine\":1}}"), out TrailStamp read));
        Assert.Equal(stamp, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"additionalEventData\":null}")]
    [InlineData("{\"additionalEventData\":{\"mine\":1,TRAIL}}")]
    [InlineData("{\"additionalEventData\":{TRAIL}")]
    [InlineData("{\"additionalEventData\":{TRAIL}},")]
    [InlineData("{\"additionalEventData\":{TRAIL}}{}")]
    [InlineData("{\"additionalEventData\":{TRAIL,TRAIL}}")]
    [InlineData("{\"additionalEventData\":{TRAIL},\"additionalEventData\":{TRAIL}}")]
    [InlineData("{\"inner\":{\"additionalEventData\":{TRAIL}}}")]
    [InlineData("\0\0\0\0")]
    public void What_is_not_one_record_with_one_stamp_in_its_place_has_none(string line) => Assert.False(
        TrailStamp.TryRead(Encoding.UTF8.GetBytes(line.Replace("TRAIL", $"\"trail\":{{\"sequence\":7,\"previousHash\":\"{Zeros}\"}}", StringComparison.Ordinal)), out _));

    [Theory]
    [InlineData("0", Zeros)]
    [InlineData("-1", Zeros)]
    [InlineData("1.5", Zeros)]
    [InlineData("\"1\"", Zeros)]
    [InlineData("1", "abc")]
    public void A_number_below_one_and_half_a_hash_are_no_stamp(string sequence, string hash) => Assert.False(
        TrailStamp.TryRead(Encoding.UTF8.GetBytes($"{{\"additionalEventData\":{{\"trail\":{{\"sequence\":{sequence},\"previousHash\":\"{hash}\"}}}}}}"), out _));
}
