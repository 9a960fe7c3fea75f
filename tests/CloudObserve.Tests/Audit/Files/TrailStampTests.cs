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
        Assert.True(TrailStamp.TryRead(
            Encoding.UTF8.GetBytes("{\"a\":[1],\"additionalEventData\":{" + Encoding.UTF8.GetString(text.WrittenSpan) + ",\"mine\":1}}"),
            out TrailStamp read));
        Assert.Equal(stamp, read);
    }

    [Fact]
    public void A_digest_is_read_as_it_was_written_and_only_in_its_place()
    {
        DigestAnchor anchor = new("AWSLogs/a.json.gz", Zeros, "ab");
        TrailStamp stamp = new(7, RecordHash.Of("before"u8));
        ArrayBufferWriter<byte> text = new();
        stamp.Write(text, anchor);
        string written = Encoding.UTF8.GetString(text.WrittenSpan);

        Assert.True(text.WrittenCount <= TrailStamp.MaxLength + anchor.MaxLength);
        Assert.True(TrailStamp.TryRead(Record(written), out TrailStamp read, out DigestAnchor? readAnchor));
        Assert.Equal((stamp, anchor), (read, readAnchor));
        Assert.False(TrailStamp.TryRead(Record(written.Replace("\"hash\"", "\"hush\"", StringComparison.Ordinal)), out _));
        Assert.False(TrailStamp.TryRead(
            Record(written.Replace("\"signature\":\"ab\"", "\"signature\":1", StringComparison.Ordinal)), out _));
        Assert.False(TrailStamp.TryRead(
            Record(written.Replace("\"signature\":\"ab\"", "\"signature\":\"ab\",\"x\":1", StringComparison.Ordinal)), out _));

        static byte[] Record(string stamp) => Encoding.UTF8.GetBytes("{\"additionalEventData\":{" + stamp + "}}");
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
        TrailStamp.TryRead(
            Encoding.UTF8.GetBytes(
                line.Replace("TRAIL", $"\"trail\":{{\"sequence\":7,\"previousHash\":\"{Zeros}\"}}", StringComparison.Ordinal)), out _));

    [Theory]
    [InlineData("0", Zeros)]
    [InlineData("-1", Zeros)]
    [InlineData("1.5", Zeros)]
    [InlineData("\"1\"", Zeros)]
    [InlineData("1", "abc")]
    public void A_number_below_one_and_half_a_hash_are_no_stamp(string sequence, string hash) => Assert.False(
        TrailStamp.TryRead(
            Encoding.UTF8.GetBytes($"{{\"additionalEventData\":{{\"trail\":{{\"sequence\":{sequence},\"previousHash\":\"{hash}\"}}}}}}"),
            out _));
}
