using System.Diagnostics;

namespace CloudObserve.Cli.Tests;

/// <summary>Tests behaviour that only a separate process shows: signals, pipes and redirections.</summary>
public sealed class ProcessTests
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "CloudObserve.Cli.dll");

    [Fact]
    public async Task Ctrl_C_ends_the_wait_for_input_with_130()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

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
        using Process process = Start("sh", "-c", $"{{ echo first; dotnet '{Assembly}' filter test --pattern ERROR --count; echo last; }} > '{file}'");
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

    private static Process Start(string program, params string[] args) => Process.Start(new ProcessStartInfo(program, args)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
