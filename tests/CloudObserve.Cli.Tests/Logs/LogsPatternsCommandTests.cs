using System.IO.Compression;
using System.Text;

namespace CloudObserve.Cli.Tests.Logs;

public sealed class LogsPatternsCommandTests : IDisposable
{
    private const string Messages = "order 1 took 5 ms\nshop is open\norder 2 took 7 ms\r\nERROR no route\norder 3 took 9 ms";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Patterns_are_printed_with_their_counts_the_most_frequent_one_first()
    {
        CommandRun run = await CommandRun.On(Messages, "logs", "patterns");

        Assert.Equal(
            (ExitStatus.Success, "", """
                  COUNT   SHARE  SEVERITY  PATTERN
                      3   60.0%  -         order <Number-1> took <Number-2> ms
                      1   20.0%  -         shop is open
                      1   20.0%  ERROR     ERROR no route

                """),
            (run.Status, run.Error, run.Output));
    }

    [Fact]
    public async Task With_assign_each_message_gets_the_number_and_the_text_of_its_pattern()
    {
        CommandRun run = await CommandRun.On(Messages, "logs", "patterns", "--assign");

        Assert.Equal(
            [
                "1\torder <Number-1> took <Number-2> ms", "2\tshop is open", "1\torder <Number-1> took <Number-2> ms", "3\tERROR no route",
                "1\torder <Number-1> took <Number-2> ms",
            ],
            run.Lines);
    }

    [Fact]
    public async Task An_empty_line_is_a_message()
    {
        CommandRun run = await CommandRun.On("a\n\nb\n", "logs", "patterns", "--assign");

        Assert.Equal("1\ta\n2\t\n3\tb\n", run.Output);
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_skipped_and_said()
    {
        CommandRun run = await CommandRun.On($"a\n{new string('x', 2 * 1024 * 1024)}\nb\n", "logs", "patterns", "--assign");

        Assert.Equal("1\ta\n0\t\n2\tb\n", run.Output);
        Assert.StartsWith("cloudobserve: 1 line was skipped: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_and_compressed_files_are_read_together()
    {
        string plain = Path.Join(_folder.FullName, "a.log");
        string compressed = Path.Join(_folder.FullName, "b.log.gz");
        File.WriteAllText(plain, "order 1 took 5 ms\n");
        await using (GZipStream gzip = new(File.Create(compressed), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes("order 2 took 5 ms\n"));
        }

        CommandRun run = await CommandRun.Of("logs", "patterns", plain, compressed);

        Assert.Equal("      2  100.0%  -         order <Number-1> took <Number-2> ms", run.Lines[1]);
    }

    [Fact]
    public async Task A_missing_file_is_named_and_the_others_are_read()
    {
        string plain = Path.Join(_folder.FullName, "a.log");
        File.WriteAllText(plain, "shop is open\n");

        CommandRun run = await CommandRun.Of("logs", "patterns", "no.log", plain);

        Assert.Equal((ExitStatus.Failure, "cloudobserve: there is no file 'no.log'\n"), (run.Status, run.Error));
        Assert.Equal("      1  100.0%  -         shop is open", run.Lines[1]);
    }

    [Fact]
    public async Task No_message_is_nothing_found()
    {
        CommandRun run = await CommandRun.On("", "logs", "patterns");

        Assert.Equal(ExitStatus.NothingFound, run.Status);
    }
}
