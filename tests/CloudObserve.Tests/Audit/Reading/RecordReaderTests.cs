using System.Security.Cryptography;
using System.Text;
using CloudObserve.Audit.Reading;
using CloudObserve.Tests.Audit.Trails;

namespace CloudObserve.Tests.Audit.Reading;

public sealed class RecordReaderTests
{
    private const int TooLong = RecordReader.MaxRecordBytes + 1;

    [Theory]
    [InlineData("")]
    [InlineData("{}\n", "0:{}")]
    [InlineData("{}\n{\"a\":1}\n", "0:{}", "3:{\"a\":1}")]
    [InlineData("{}\n{\"a\"", "0:{}", "3:Torn")]
    [InlineData("\n\n", "0:", "1:")]
    public async Task A_line_of_a_journal_is_a_record(string text, params string[] expected) =>
        await AllWays(text, s => new JournalReader(s), expected);

    [Theory]
    [InlineData("{\"Records\":[]}")]
    [InlineData("{\"Records\":[{\"a\":1},{\"b\":[{},\"]\"]}]}", "12:{\"a\":1}", "20:{\"b\":[{},\"]\"]}")]
    [InlineData(" { \"more\" : [1,{}], \"Records\" : [ {\"a\": 1 } , { } ] , \"x\":{} } \n", "34:{\"a\": 1 }", "46:{ }")]
    [InlineData("{\"Records\":[{\"a\":\"}{\"},{}", "12:{\"a\":\"}{\"}", "23:{}", "25:Torn")]
    [InlineData("{\"Records\":[{},3]}", "12:{}", "14:NotJson")]
    [InlineData("{\"Records\":[[{}]]}", "12:NotJson")]
    [InlineData("{\"Records\":[{}}]}", "12:{}", "14:NotJson")]
    [InlineData("{\"Records\":[{}]}x", "12:{}", "16:NotJson")]
    [InlineData("{\"Records\":{}}", "11:NoRecords")]
    [InlineData("{\"Other\":[]}", "11:NoRecords")]
    [InlineData("[]", "0:NoRecords")]
    [InlineData("", "0:Torn")]
    [InlineData("nonsense", "0:NotJson")]
    [InlineData("{\"Records\":[{\"a\"", "12:Torn")]
    public async Task An_element_of_a_sealed_file_is_a_record(string text, params string[] expected) =>
        await AllWays(text, s => new LogFileReader(s), expected);

    [Fact]
    public async Task A_record_that_is_too_long_is_told_and_the_next_line_is_read()
    {
        string[] read = await Read(new JournalReader(Bytes($"{{}}\n{new string('x', TooLong)}\n{{\"a\":1}}\n")));

        Assert.Equal(["0:{}", "3:TooLong", $"{TooLong + 4}:{{\"a\":1}}"], read);
    }

    [Fact]
    public async Task A_record_as_long_as_may_be_is_read_and_a_longer_one_ends_a_sealed_file()
    {
        string longest = $"{{\"a\":\"{new string('x', RecordReader.MaxRecordBytes - 8)}\"}}";

        Assert.Equal([$"12:{longest}"], await Read(new LogFileReader(Bytes($"{{\"Records\":[{longest}]}}"))));
        Assert.Equal(["12:{}", "15:TooLong"],
            await Read(new LogFileReader(Bytes($"{{\"Records\":[{{}},{longest.Replace("xx\"", "xxx\"", StringComparison.Ordinal)}]}}"))));
    }

    [Fact]
    public async Task A_large_file_is_read_in_little_memory()
    {
        string record = $"{{\"a\":\"{new string('x', 1000)}\"}}";
        byte[] content = Encoding.UTF8.GetBytes($"{{\"Records\":[{string.Join(',', Enumerable.Repeat(record, 30_000))}]}}");
        using LogFileReader reader = new(new MemoryStream(content));
        _ = await reader.ReadAsync(default);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long count = 1;
        while (await reader.ReadAsync(default))
        {
            count++;
        }

        Assert.Equal(30_000, count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public async Task A_sealed_file_that_does_not_end_is_read_up_to_the_limit_and_no_further()
    {
        using EndlessBlanks blanks = new(LogFileReader.MaxFileBytes + (2 * RecordReader.MaxRecordBytes));
        using LogFileReader reader = new(blanks);
        _ = await reader.ReadAsync(default);

        Assert.False(await reader.DrainAsync(default));
        Assert.Equal(RecordFault.TooLarge, reader.Fault);
    }

    [Fact]
    public async Task The_hash_is_of_all_bytes_also_when_not_all_are_records()
    {
        byte[] content = Encoding.UTF8.GetBytes("{\"Records\":[{},nonsense");
        using ContentHash hash = new();
        using LogFileReader reader = new(new Trickle(content, 3), hash);

        Assert.Equal(2, (await Read(reader)).Length);
        Assert.True(await reader.DrainAsync(default));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), hash.Sha256());
        Assert.Equal(TestTrail.Compress(content)[^8..^4], BitConverter.GetBytes(hash.Crc32));
        Assert.Equal(content.Length, reader.Length);
    }

    [Fact]
    public async Task Damaged_compression_is_a_fault_and_no_exception()
    {
        byte[] compressed = TestTrail.Compress(
            Encoding.UTF8.GetBytes(
                $"{{\"Records\":[{string.Join(',', Enumerable.Range(0, 5000).Select(i => $"{{\"a\":{i * 7919}}}"))}]}}"));
        compressed[compressed.Length / 2] ^= 0xff;
        using LogFileReader reader =
            new(new System.IO.Compression.GZipStream(new MemoryStream(compressed), System.IO.Compression.CompressionMode.Decompress));

        string[] read = await Read(reader);

        Assert.Matches(":(NotCompressed|NotJson|Torn)$", read[^1]);
        _ = await reader.DrainAsync(default);
    }

    private static async Task AllWays(string text, Func<Stream, RecordReader> open, string[] expected)
    {
        Assert.Equal(expected, await Read(open(Bytes(text))));
        for (int atOnce = 1; atOnce <= 5; atOnce++)
        {
            Assert.Equal(expected, await Read(open(new Trickle(Encoding.UTF8.GetBytes(text), atOnce))));
        }
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string[]> Read(RecordReader reader)
    {
        List<string> read = [];
        while (await reader.ReadAsync(default))
        {
            read.Add($"{reader.Offset}:{(reader.Fault == RecordFault.None ? Encoding.UTF8.GetString(reader.Record) : reader.Fault)}");
        }

        return [.. read];
    }

    /// <summary>A stream of blanks that fails when more is read than is expected.</summary>
    private sealed class EndlessBlanks(long most) : MemoryStream
    {
        private long _read;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _read += buffer.Length;
            Assert.InRange(_read, 0, most);
            buffer.Span.Fill((byte)' ');
            return new ValueTask<int>(buffer.Length);
        }
    }
}
