using System.Globalization;

namespace CloudObserve.Cli.Tests.Metrics;

public sealed class MetricsAnomaliesCommandTests : IDisposable
{
    private const string Header = "timestamp,value,lower,upper,anomaly_score";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_row_is_answered_in_its_order_with_its_timestamp_as_written()
    {
        string[] times =
            ["2026-03-01 10:00:00", "2026-03-01T10:10:00.000000Z", "1772359500", "1772359500", "2026-02-28T00:00:00+01:00", "1772359200.5"];

        CommandRun run = await Run([.. times.Select((t, i) => $"{t},{i}.5")]);

        Assert.Equal((ExitStatus.Success, "", Header), (run.Status, run.Error, run.Lines[0]));
        Assert.Equal(times.Select((t, i) => $"{t},{i}.5"), run.Lines.Skip(1).Select(l => string.Join(',', l.Split(',')[..2])));
    }

    [Fact]
    public async Task Every_number_is_finite_and_a_spike_scores_and_leaves_its_band()
    {
        double[] values = Values(2_000);
        values[1_900] = 500;

        double[][] rows = Numbers(await Run(Rows(values)));

        Assert.Equal(values, rows.Select(r => r[0]));
        Assert.All(rows, r => Assert.True(r.All(double.IsFinite) && r[1] <= r[2] && r[3] is >= 0 and <= 1));
        Assert.Equal([1_900], Enumerable.Range(900, 1_100).Where(i => rows[i][3] >= 0.5));
        Assert.True(rows[1_900][2] < 500);
    }

    [Fact]
    public async Task A_row_depends_on_the_rows_before_it_alone()
    {
        string[] rows = Rows(Values(600));

        CommandRun whole = await Run(rows);
        CommandRun part = await Run(rows[..300]);

        Assert.Equal(whole.Lines[..301], part.Lines);
    }

    [Fact]
    public async Task The_factor_is_the_width_of_the_band_and_no_part_of_the_score()
    {
        string[] rows = Rows(Values(400));

        double[][] two = Numbers(await Run(rows));
        double[][] four = Numbers(await Run(rows, "--factor", "4"));

        Assert.All(two.Zip(four), pair =>
        {
            Assert.Equal(2 * (pair.First[2] - pair.First[1]), pair.Second[2] - pair.Second[1], 1e-9);
            Assert.Equal(pair.First[3], pair.Second[3]);
        });
    }

    [Fact]
    public async Task The_largest_numbers_do_not_overflow()
    {
        double[][] rows = Numbers(
            await Run(Rows([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? double.MaxValue : double.MinValue)]), "--factor",
                "1e300"));

        Assert.All(rows, r => Assert.True(r.All(double.IsFinite)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("wide")]
    public async Task A_factor_that_makes_no_band_is_refused(string factor)
    {
        CommandRun run = await Run(["1772359200,1"], "--factor", factor);

        Assert.Equal((ExitStatus.Failure, ""), (run.Status, run.Output));
        Assert.Contains("--factor", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_is_not_valid_ends_the_command_after_the_rows_before_it()
    {
        CommandRun run = await Run(["1772359200,1", "1772359500,NaN", "1772359800,2"]);

        Assert.Equal((ExitStatus.Failure, 2), (run.Status, run.Lines.Length));
        Assert.Contains("line 2: the value 'NaN' must be a finite number", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_rows_is_refused()
    {
        CommandRun run = await Run(["timestamp,value"]);

        Assert.Equal((ExitStatus.Failure, ""), (run.Status, run.Output));
        Assert.EndsWith("has no rows\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        CommandRun run = await CommandRun.Of("metrics", "anomalies", "gone.csv");

        Assert.Equal(new CommandRun(ExitStatus.Failure, "", "cloudobserve: there is no file 'gone.csv'\n"), run);
    }

    private static double[] Values(int count)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, count).Select(i => Math.Round(100 - (50 * Math.Cos(2 * Math.PI * i / 288)) + random.Next(10), 3))];
    }

    private static string[] Rows(double[] values) =>
        [.. values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{1_772_323_200 + (300 * i)},{v}"))];

    private static double[][] Numbers(CommandRun run) =>
        [.. run.Lines.Skip(1).Select(l => l.Split(',').Skip(1).Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray())];

    private async Task<CommandRun> Run(string[] rows, params string[] options)
    {
        string file = Path.Combine(_folder.FullName, "metric.csv");
        await File.WriteAllLinesAsync(file, rows);
        return await CommandRun.Of(["metrics", "anomalies", file, .. options]);
    }
}
