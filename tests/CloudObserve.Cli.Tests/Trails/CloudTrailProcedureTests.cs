using System.Text;
using System.Text.RegularExpressions;

namespace CloudObserve.Cli.Tests.Trails;

/// <summary>Runs the procedure of docs/cli.md for a bucket of CloudTrail, exactly as it is written there.</summary>
public sealed partial class CloudTrailProcedureTests : IDisposable
{
    private const string Region = "eu-west-1";

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    private readonly CloudTrailBucket _bucket = new();
    private readonly FakeAwsCli _aws = new();

    public void Dispose()
    {
        _bucket.Dispose();
        _aws.Dispose();
    }

    [Theory]
    [InlineData(false, "3 records, 3 sealed files; 3 digests verified")]
    [InlineData(true, "5 records, 5 sealed files; 5 digests verified")]
    public async Task A_bucket_is_copied_and_found_intact_and_complete(bool hasLateFiles, string read)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Fill(hasLateFiles);
        _aws.Serve(_bucket, Region);

        CommandRun run = await _aws.RunAsync(Procedure());

        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains($"\nintact:   yes\ncomplete: yes\nread:     {read}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_changed_in_the_bucket_is_found()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string log = Fill(hasLateFiles: false);
        _bucket.Append(log, "hidden"u8);
        _aws.Serve(_bucket, Region);

        CommandRun run = await _aws.RunAsync(Procedure());

        Assert.Equal(1, run.Status);
        Assert.Contains($"changed {log}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bucket=trail-bucket", "bucket=gone", 1, "NoSuchBucket")]
    [InlineData("--key \"${newest#copy/}\"", "--key \"$newest\"", 254, "404")]
    [InlineData("region=eu-west-1", "region=eu-west-2", 3, "")]
    public async Task A_planted_fault_in_the_procedure_is_noticed(string text, string instead, int status, string error)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _ = Fill(hasLateFiles: false);
        _aws.Serve(_bucket, Region);
        string faulty = Procedure().Replace(text, instead, StringComparison.Ordinal);

        CommandRun run = await _aws.RunAsync(faulty);

        Assert.NotEqual(Procedure(), faulty);
        Assert.Equal(status, run.Status);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    private static string Procedure()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CloudObserve.sln")))
        {
            folder = folder.Parent!;
        }

        return Assert.Single(
            Block().Matches(File.ReadAllText(Path.Combine(folder.FullName, "docs", "cli.md"), Encoding.UTF8))
                .ToArray()).Groups["lines"].Value;
    }

    /// <summary>Three hours of a bucket, with a file in each.</summary>
    private string Fill(bool hasLateFiles)
    {
        string log = "";
        for (int hour = 0; hour < 3; hour++)
        {
            log = _bucket.Deliver(Start.AddHours(hour).AddMinutes(5));
            _ = _bucket.Digest(Start.AddHours(hour), Start.AddHours(hour + 1));
        }

        for (int hour = 0; hasLateFiles && hour < 2; hour++)
        {
            _ = _bucket.Deliver(Start.AddHours(hour).AddMinutes(7));
            _ = _bucket.Digest(Start.AddHours(hour), Start.AddHours(hour + 1), isBackfill: true);
        }

        return log;
    }

    [GeneratedRegex(@"^```sh\r?\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
