using CloudObserve.Integration.Tests.Delivery;

namespace CloudObserve.Integration.Tests.Hosts;

/// <summary>An application in surroundings that only a process of its own can have.</summary>
[Collection(UnderLoad.Name)]
public sealed class SurroundingsTests : IDisposable
{
    // The last hour of summer time in Berlin and the first of winter time are both from two to three; in UTC they are an hour apart.
    private const string TwiceTwoThirty = "2026-10-25T00:30:10Z,2026-10-25T01:30:10Z";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task In_a_container_of_64_megabytes_everything_is_delivered()
    {
        const int Events = 100_000;
        HostedShopRun run = await RunAsync(new() { ["DOTNET_GCHeapHardLimit"] = "0x4000000" }, "--run=load", $"--events={Events}");

        Assert.Equal(64, run.HeapLimitMiB);
        Assert.All(["metrics", "logs", "audit"], signal => Assert.Equal((0, 0), (run.Books(signal).Lost, run.Books(signal).InFlight)));
        Assert.InRange(run.Books("logs").Delivered, Events, long.MaxValue);
        Assert.InRange(run.Books("metrics").Delivered, Events, long.MaxValue);
        Assert.Equal(Events / 1000, run.Books("audit").Delivered);
    }

    [PosixZoneTheory]
    [InlineData("Europe/Berlin")]
    [InlineData("Asia/Kolkata")]
    [InlineData("America/New_York")]
    public async Task Whatever_the_time_zone_what_is_kept_and_sent_is_in_UTC(string zone)
    {
        HostedShopRun run = await RunAsync(new() { ["TZ"] = zone }, "--run=moments", $"--moments={TwiceTwoThirty}");

        Assert.Equal(zone, run.TimeZone);
        Assert.Equal(["2026-10-25"], run.Lines("Streams"));
        Assert.Equal(
            ["2026-10-25T00:30:10.0000000+00:00 2026-10-25T00:30:10.000Z", "2026-10-25T01:30:10.0000000+00:00 2026-10-25T01:30:10.000Z"],
            run.Lines("Events"));
        Assert.Equal(["2026-10-25T00:30:00.0000000+00:00 1", "2026-10-25T01:30:00.0000000+00:00 1"], run.Lines("Minutes"));
        Assert.All(run.Lines("Files")
            .Where(f => f.EndsWith(".gz", StringComparison.Ordinal)), f => Assert.Contains("/2026/10/25/", f, StringComparison.Ordinal));
        Assert.Contains(run.Lines("Files"), f => f.Contains("_CloudTrail_eu-west-1_20261025T0130Z_", StringComparison.Ordinal));
        Assert.Contains(run.Lines("Files"), f => f.Contains("_CloudTrail-Digest_eu-west-1_", StringComparison.Ordinal));
    }

    [PosixZoneTheory]
    [InlineData("Pacific/Kiritimati", "2026-10-24T23:30:10Z", "2026-10-24")]
    [InlineData("Pacific/Pago_Pago", "2026-10-25T00:30:10Z", "2026-10-25")]
    public async Task The_day_is_that_of_UTC_where_the_machines_is_another(string zone, string moment, string day)
    {
        HostedShopRun run = await RunAsync(new() { ["TZ"] = zone }, "--run=moments", $"--moments={moment}");

        Assert.Equal([day], run.Lines("Streams"));
        Assert.All(run.Lines("Files"), f => Assert.Contains($"/{day.Replace('-', '/')}/", f, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0")]
    public async Task It_runs_with_and_without_the_machines_cultures(string invariant)
    {
        Dictionary<string, string> environment = new()
        {
            ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = invariant,
            ["LANG"] = "tr_TR.UTF-8",
            ["LC_ALL"] = "tr_TR.UTF-8",
        };
        HostedShopRun run = await RunAsync(environment, "--run=moments", $"--moments={TwiceTwoThirty}");

        Assert.Equal(["2026-10-25T00:30:00.0000000+00:00 1", "2026-10-25T01:30:00.0000000+00:00 1"], run.Lines("Minutes"));
        Assert.All(["metrics", "logs", "audit"], signal => Assert.Equal((0, 0), (run.Books(signal).Lost, run.Books(signal).InFlight)));
    }

    private Task<HostedShopRun> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        HostedShopRun.RunAsync(_directory.FullName, environment, arguments);
}
