using System.IO.Compression;
using System.Text;

namespace CloudObserve.Cli.Tests.Metrics;

public sealed class MetricsMathCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_result_is_CSV_without_its_gaps()
    {
        string one = Write("m1.csv", "timestamp,value\n2026-03-01T10:00:00Z,1\n2026-03-01T10:01:00Z,2\n2026-03-01T10:03:00Z,4\n");
        string two = Write("m2.csv", "1772359200,10\n1772359380,5\n");

        Assert.Equal(
            new CommandRun(0, "timestamp,value\n2026-03-01T10:00:00Z,11\n2026-03-01T10:01:00Z,2\n2026-03-01T10:03:00Z,9\n", ""),
            await CommandRun.Of("metrics", "math", "m1+m2", "--data", $"m1={one}", "--data", $"m2={two}"));
        Assert.Equal(
            new CommandRun(0, "timestamp,value\n2026-03-01T10:00:00Z,0.1\n2026-03-01T10:03:00Z,0.8\n", ""),
            await CommandRun.Of("metrics", "math", "m1/m2", "--data", $"m1={one}", $"m2={two}"));
    }

    [Fact]
    public async Task Periods_before_1970_begin_at_multiples_too()
    {
        string file = Write("old.csv", "1969-12-31T23:58:59Z,1\n1969-12-31T23:59:59Z,2\n");

        Assert.Equal(
            new CommandRun(0, "timestamp,value\n1969-12-31T23:58:00Z,1\n1969-12-31T23:59:00Z,2\n", ""),
            await CommandRun.Of("metrics", "math", "m", "--data", $"m={file}", "--period", "60"));
    }

    [Fact]
    public async Task An_array_has_a_column_with_labels()
    {
        string one = Write("m1.csv", "1772359200,1\n1772359260,1\n");
        string two = Write("m2.csv", "1772359200,5\n");

        CommandRun run = await CommandRun.Of("metrics", "math", "SORT(METRICS(), MAX, DESC)", "--data", $"m1={one}", $"m2={two}");

        Assert.Equal(new CommandRun(
            0, "timestamp,value,label\n2026-03-01T10:00:00Z,5,m2\n2026-03-01T10:00:00Z,1,m1\n2026-03-01T10:01:00Z,1,m1\n", ""), run);
    }

    [Theory]
    [InlineData("FILL(m, REPEAT)", "2026-03-01T10:00:00Z,1 2026-03-01T10:05:00Z,1 2026-03-01T10:10:00Z,3")]
    [InlineData("m / PERIOD(m)", "2026-03-01T10:00:00Z,0.0033333333333333335 2026-03-01T10:10:00Z,0.01")]
    [InlineData("TIME_SERIES(MAX(m))", "2026-03-01T10:00:00Z,3 2026-03-01T10:05:00Z,3 2026-03-01T10:10:00Z,3")]
    public async Task A_period_can_be_given(string expression, string rows)
    {
        string file = Write("m.csv", "2026-03-01T10:00:00Z,1\n2026-03-01T10:10:00Z,3\n");

        CommandRun run = await CommandRun.Of("metrics", "math", expression, "--data", $"m={file}", "--period", "300");

        Assert.Equal(new CommandRun(0, $"timestamp,value\n{rows.Replace(' ', '\n')}\n", ""), run);
    }

    [Theory]
    [InlineData("1772359200,1\n1772359230,3\n1772359320,4\n", "PERIOD(m)", "30")]
    [InlineData("1772362800,3\n1772359200,1\n", "PERIOD(m)", "3600")]
    [InlineData("1772359200,1\n", "PERIOD(m)", "60")]
    public async Task The_period_is_the_smallest_distance_between_rows(string text, string expression, string period)
    {
        string file = Write("m.csv", text);

        CommandRun run = await CommandRun.Of("metrics", "math", $"m * 0 + {expression}", "--data", $"m={file}");

        Assert.Equal($"2026-03-01T10:00:00Z,{period}", run.Lines[1]);
    }

    [Fact]
    public async Task A_file_may_be_compressed_by_gzip_and_may_be_empty()
    {
        string empty = Write("empty.csv", "timestamp,value\n");
        string file = Path.Combine(_folder.FullName, "m.csv.gz");
        await using (GZipStream gzip = new(File.Create(file), CompressionLevel.Fastest))
        {
            gzip.Write("1772359200,7\n"u8);
        }

        CommandRun run = await CommandRun.Of("metrics", "math", "m + none", "--data", $"m={file}", $"none={empty}");

        Assert.Equal(new CommandRun(0, "timestamp,value\n2026-03-01T10:00:00Z,7\n", ""), run);
    }

    [Fact]
    public async Task An_expression_may_begin_with_a_sign()
    {
        string file = Write("m.csv", "1772359200,7\n");

        CommandRun run = await CommandRun.Of("metrics", "math", "--data", $"m={file}", "--", "-m");

        Assert.Equal(new CommandRun(0, "timestamp,value\n2026-03-01T10:00:00Z,-7\n", ""), run);
    }

    [Theory]
    [InlineData("m +", "the expression is invalid at position 3:\nm +\n   ^ expected a number")]
    [InlineData("AVG(m)", "the expression is invalid at position 0:\nAVG(m)\n^ the result is a scalar")]
    [InlineData("m + other",
        "the expression is invalid at position 4:\nm + other\n    ^ there is no metric and no expression with the id 'other'")]
    [InlineData("SEARCH('x', 'Sum', 60)",
        "the expression is invalid at position 0:\nSEARCH('x', 'Sum', 60)\n^ SEARCH needs stored metrics")]
    public async Task An_invalid_expression_is_an_error_with_its_position(string expression, string error)
    {
        string file = Write("m.csv", "1772359200,7\n");

        CommandRun run = await CommandRun.Of("metrics", "math", expression, "--data", $"m={file}");

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.StartsWith("cloudobserve: " + error, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("M=FILE", "", "--data must be an id and a file such as m1=orders.csv, not 'M=")]
    [InlineData("FILE", "", "--data must be an id and a file such as m1=orders.csv, not '")]
    [InlineData("m=gone.csv", "", "there is no file 'gone.csv'")]
    [InlineData("m=", "", "the name of a file is empty")]
    [InlineData("m=FILE", "1772359200,7\n1772359200,8\n",
        "line 2: the timestamp 2026-03-01T10:00:00Z is in the same period of 60 seconds as line 1; a period has one row")]
    [InlineData("m=FILE", "1772359200,7\n1772359260,8\n1772359300,8\n1772359301,8\n0,1\n",
        "spans 1772359302 periods of 1 seconds, but at most 10000000 are allowed; --period sets a longer period")]
    [InlineData("m=FILE", "timestamp,value\n", "m.csv' has no rows")]
    [InlineData("m=FILE", "1772359200,x\n", "line 1: the value 'x' must be a finite number")]
    public async Task Invalid_data_is_an_error(string data, string text, string error)
    {
        string file = Write("m.csv", text);

        CommandRun run = await CommandRun.Of("metrics", "math", "m", "--data", data.Replace("FILE", file, StringComparison.Ordinal));

        Assert.Equal((2, ""), (run.Status, run.Output));
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_given_twice_and_a_period_of_zero_are_errors()
    {
        string file = Write("m.csv", "1772359200,7\n");

        Assert.Equal("cloudobserve: --data gives the id 'm' twice\n",
            (await CommandRun.Of("metrics", "math", "m", "--data", $"m={file}", $"m={file}")).Error);
        Assert.Equal("cloudobserve: --period must be at least 1 second, but it is 0\n",
            (await CommandRun.Of("metrics", "math", "m", "--data", $"m={file}", "--period", "0")).Error);
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(text));
        return file;
    }
}
