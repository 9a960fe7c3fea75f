using System.IO.Compression;
using System.Text;
using CloudObserve.Cli.Metrics;

namespace CloudObserve.Cli.Tests.Metrics;

public sealed class TimeValueCsvTests : IDisposable
{
    private static readonly DateTimeOffset Ten = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("timestamp,value\n2026-03-01T10:00:00Z,1.5\n2026-03-01T10:01:00Z,-2\n")]
    [InlineData("2026-03-01T10:00:00Z,1.5\n2026-03-01T10:01:00Z,-2")]
    [InlineData("\uFEFFTimestamp,Value\r\n\r\n1772359200,1.5\r\n  \r\n1772359260,-2e0\r\n\r\n")]
    [InlineData("2026-03-01 10:00:00,1.5\n2026-03-01 11:01:00+01:00,-2\n")]
    [InlineData("2026-03-01T10:00,1.5\n1772359260.0,-2\n")]
    [InlineData("\"timestamp\",\"value\"\n\"2026-03-01T10:00:00.000Z\", \"1.5\" \n 2026-03-01T10:01:00.000000Z , -2\n")]
    [InlineData("id,value,timestamp\na,1.5,1772359200\nb,-2,1772359260\n")]
    [InlineData("when,orders\n1772359200,1.5\n1772359260,-2\n")]
    [InlineData("orders,timestamp\n1.5,1772359200\n-2,1772359260\n")]
    [InlineData("value,when\n1.5,1772359200\n-2,1772359260\n")]
    public async Task Rows_are_read_whatever_the_form_of_the_file(string text)
    {
        List<TimeValueRow> rows = await Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal([(Ten, 1.5), (Ten.AddMinutes(1), -2)], rows.Select(r => (r.Time, r.Value)));
        Assert.All(rows, r => Assert.Equal(TimeSpan.Zero, r.Time.Offset));
    }

    [Fact]
    public async Task A_row_keeps_the_text_of_its_timestamp_and_its_line_and_rows_keep_their_order()
    {
        List<TimeValueRow> rows =
            await Read("timestamp,value\n\n2026-03-01 10:00:00,1\n2026-03-01 09:00:00,2\n2026-03-01 09:00:00,3\n"u8.ToArray());

        Assert.Equal(
            [("2026-03-01 10:00:00", 1, 3L), ("2026-03-01 09:00:00", 2, 4L), ("2026-03-01 09:00:00", 3, 5L)],
            rows.Select(r => (r.Timestamp, r.Value, r.Line)));
    }

    [Fact]
    public async Task A_day_alone_and_fractions_of_a_second_are_times() => Assert.Equal(
        [Ten.AddHours(-10), Ten.AddMilliseconds(250), Ten.AddMilliseconds(125)],
        (await Read("2026-03-01,1\n2026-03-01T10:00:00.25Z,1\n1772359200.125,1\n"u8.ToArray())).Select(r => r.Time));

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n  \n")]
    [InlineData("timestamp,value\n")]
    public async Task A_file_without_rows_has_none(string text) => Assert.Empty(await Read(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("timestamp,value\n1772359200,x\n", "line 2: the value 'x' must be a finite number such as 12.5; a gap is a missing row")]
    [InlineData("1772359200,\n", "line 1: the value '' must be a finite number")]
    [InlineData("1772359200,1\0\n", "line 1: the value '1\0' must be a finite number")]
    [InlineData("1772359200,NaN\n", "line 1: the value 'NaN' must be a finite number")]
    [InlineData("\n1772359200,1e999\n", "line 2: the value '1e999' must be a finite number")]
    [InlineData("yesterday,1\n", "line 1: the timestamp 'yesterday' must be ISO 8601")]
    [InlineData("1772359200,1\n1,1\n1772359200000,1", "line 3: the timestamp '1772359200000' must be ISO 8601")]
    [InlineData("-1,1\n", "line 1: the timestamp '-1' must be")]
    [InlineData("2026-02-30T10:00:00Z,1\n", "line 1: the timestamp '2026-02-30T10:00:00Z' must be")]
    [InlineData("1772359200\n", "line 1: the row has 1 fields, but it must have 2")]
    [InlineData("1772359200,1,2\n", "line 1: the row has 3 fields, but it must have 2")]
    [InlineData("timestamp,value,id\n1772359200,1\n", "line 2: the row has 2 fields, but it must have 3")]
    [InlineData("time,value,id\n", "line 1: the header must name the columns 'timestamp' and 'value'")]
    [InlineData("timestamp,value\ntimestamp,value\n", "line 2: the timestamp 'timestamp' must be")]
    public async Task A_bad_row_is_an_error_that_names_file_line_value_and_rule(string text, string message)
    {
        CommandException exception = await Assert.ThrowsAsync<CommandException>(() => Read(Encoding.UTF8.GetBytes(text)));

        Assert.StartsWith("'m1.csv' " + message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Failure, exception.Status);
    }

    [Theory]
    [InlineData(TimeValueCsv.MaxLineLength, "\n", false)]
    [InlineData(TimeValueCsv.MaxLineLength, "\r\n", false)]
    [InlineData(TimeValueCsv.MaxLineLength, "", false)]
    [InlineData(TimeValueCsv.MaxLineLength + 1, "\n", true)]
    [InlineData(TimeValueCsv.MaxLineLength + 1, "\r\n", true)]
    [InlineData(TimeValueCsv.MaxLineLength + 1, "", true)]
    [InlineData(10_000_000, "", true)]
    public async Task A_line_has_a_limited_length(int length, string end, bool isTooLong)
    {
        byte[] text = Encoding.UTF8.GetBytes("1772359200,1\n1772359260,2".PadRight("1772359200,1\n".Length + length) + end);

        if (isTooLong)
        {
            CommandException exception = await Assert.ThrowsAsync<CommandException>(() => Read(text));
            Assert.Equal("'m1.csv' line 2: the line is longer than 4096 characters", exception.Message);
            return;
        }

        Assert.Equal([1, 2], (await Read(text)).Select(r => r.Value));
    }

    [Fact]
    public async Task Lines_are_found_across_the_borders_of_the_buffer()
    {
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{1772359200 + (60 * i)},{i}\r\n"));

        List<TimeValueRow> rows = await Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => ((double)i, i + 1L)), rows.Select(r => (r.Value, r.Line)));
    }

    [Fact]
    public async Task A_file_may_be_compressed_by_gzip()
    {
        string file = Path.Combine(_folder.FullName, "m1.csv.gz");
        await using (GZipStream gzip = new(File.Create(file), CompressionLevel.Fastest))
        {
            gzip.Write("1772359200,1\n"u8);
        }

        Assert.Equal(1, (await Collect(TimeValueCsv.ReadAsync(file, CancellationToken.None))).Single().Value);

        byte[] damaged = await File.ReadAllBytesAsync(file);
        damaged[^5] ^= 1;
        await File.WriteAllBytesAsync(file, damaged);
        CommandException exception =
            await Assert.ThrowsAsync<CommandException>(() => Collect(TimeValueCsv.ReadAsync(file, CancellationToken.None)));
        Assert.Contains("is damaged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_an_error()
    {
        CommandException exception = await Assert.ThrowsAsync<CommandException>(
            () => Collect(TimeValueCsv.ReadAsync(Path.Combine(_folder.FullName, "gone.csv"), CancellationToken.None)));

        Assert.Contains("there is no file", exception.Message, StringComparison.Ordinal);
    }

    private static Task<List<TimeValueRow>> Read(byte[] text) =>
        Collect(TimeValueCsv.ReadAsync(new MemoryStream(text), "m1.csv", CancellationToken.None));

    private static async Task<List<TimeValueRow>> Collect(IAsyncEnumerable<TimeValueRow> rows)
    {
        List<TimeValueRow> all = [];
        await foreach (TimeValueRow row in rows)
        {
            all.Add(row);
        }

        return all;
    }
}
