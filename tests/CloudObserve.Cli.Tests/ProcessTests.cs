using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace CloudObserve.Cli.Tests;

/// <summary>Tests behaviour that only a separate process shows: signals, pipes and redirections.</summary>
public sealed class ProcessTests
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "CloudObserve.Cli.dll");

    [InterruptFact]
    public async Task Ctrl_C_ends_the_wait_for_input_with_130()
    {
        using Process process = Start("dotnet", Assembly, "filter", "test", "--pattern", "ERROR");
        await process.StandardInput.WriteAsync("ERROR\n");
        await process.StandardInput.FlushAsync();
        Assert.Equal("{\"line\":1,\"message\":\"ERROR\"}", await process.StandardOutput.ReadLineAsync());

        // The match shows that the command runs, and that a match is not held back until the input ends.
        using Process kill = Start("sh", "-c", $"kill -INT {process.Id}");
        await process.WaitForExitAsync();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task A_closed_pipe_ends_the_search_quietly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Without an end of the search this test has none either.
        using Process process = Start("sh", "-c", $"yes ERROR 2> /dev/null | dotnet '{Assembly}' filter test --pattern ERROR | head -n 1");
        process.StandardInput.Close();

        Assert.Equal("{\"line\":1,\"message\":\"ERROR\"}\n", await process.StandardOutput.ReadToEndAsync());
        Assert.Equal("", await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task Output_into_a_file_leaves_the_next_command_its_place()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string file = Path.GetTempFileName();
        using Process process =
            Start("sh", "-c", $"{{ echo first; dotnet '{Assembly}' filter test --pattern ERROR --count; echo last; }} > '{file}'");
        await process.StandardInput.WriteAsync("ERROR\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();

        Assert.Equal("first\n1\nlast\n", await File.ReadAllTextAsync(file));
        File.Delete(file);
    }

    [Theory]
    [InlineData("filter test -p ERROR", ">&-")]
    [InlineData("cost --series 1", ">&-")]
    [InlineData("filter test -p ERROR", "2>&-")]
    [InlineData("filter tset", "2>&-")]
    public async Task A_closed_output_ends_with_2_and_no_stack_trace(string command, string redirection)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process process = Start("sh", "-c", $"dotnet '{Assembly}' {command} {redirection}");
        await process.StandardInput.WriteAsync("ERROR\n");
        process.StandardInput.Close();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filter test -p ERROR")]
    [InlineData("filter test -p ERROR -")]
    [InlineData("cost --report -")]
    public async Task A_closed_standard_input_is_an_error(string command)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process process = Start("sh", "-c", $"exec dotnet '{Assembly}' {command} <&-");
        using CancellationTokenSource tooLong = new(TimeSpan.FromMinutes(2));
        await using CancellationTokenRegistration killing = tooLong.Token.Register(process.Kill);
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((2, "cloudobserve: standard input is closed: name a file, or redirect standard input\n"), (process.ExitCode, error));
    }

    // .NET's own streams of gzip take the end of a cut file for the end of its data, unless the process is configured otherwise.
    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(5_000)]
    [InlineData(-9)]
    [InlineData(-1)]
    public async Task A_gzip_file_that_was_cut_is_named_with_the_rule(int length)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cloudobserve-");
        try
        {
            byte[] whole = Gzip(string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"ERROR {i * 7_919L % 5_003}\n")));
            string cut = Path.Combine(folder.FullName, "cut.log.gz");
            await File.WriteAllBytesAsync(cut, whole[..(length > 0 ? length : whole.Length + length)]);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "whole.log.gz"), whole);

            using Process process =
                Start("dotnet", Assembly, "filter", "test", "-p", "NOTHING", "--count", cut, Path.Combine(folder.FullName, "whole.log.gz"));
            process.StandardInput.Close();
            string error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.Equal(
                (2, $"cloudobserve: '{cut}' is damaged: gzip data must be complete and have the checksum at its end.\n"),
                (process.ExitCode, error));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_trail_file_that_was_cut_is_named()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cloudobserve-");
        try
        {
            const string Name = "123456789012_CloudTrail_eu-central-1_20261120T0800Z_abcdefghijklmnop.json.gz";
            byte[] whole = Gzip("""{"Records":[{"eventVersion":"1.11","eventTime":"2026-11-20T08:00:01Z","eventName":"RefundOrder"}]}""");
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, Name), whole[..40]);

            using Process process = Start("dotnet", Assembly, "trail", "lookup", folder.FullName);
            process.StandardInput.Close();
            string error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.Equal(2, process.ExitCode);
            Assert.Contains($"{Name} cannot be read to its end; events may be missing", error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private static Process Start(string program, params string[] args) => Process.Start(new ProcessStartInfo(program, args)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
