using System.Text.Json;
using CloudObserve.Integration.Tests.Moto;
using Xunit.Abstractions;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>Every log event of the shop, read back. With CLOUDOBSERVE_LONG=1 for a minute, otherwise for some seconds.</summary>
public sealed class StorefrontLogsTests(MotoServer moto, ITestOutputHelper output) : IClassFixture<MotoServer>
{
    // With ASP.NET's own events about every request this is some 2,000 events a second.
    private const int RequestsPerSecond = 450;
    private const string WithRequestEvents = "--Logging:CloudObserve:LogLevel:Microsoft.AspNetCore=Information";

    private const string Beginning = "Request starting";
    private const string Ending = "Request finished";

    private static bool IsLong => Environment.GetEnvironmentVariable("CLOUDOBSERVE_LONG") == "1";

    private static int Seconds => IsLong ? 60 : 5;

    [MotoFact]
    public async Task Another_client_reads_back_every_log_event_once_and_in_order()
    {
        using StorefrontProcess shop =
            Start(moto.ClientEnvironment, "--CloudObserve:Destination=Aws", "--CloudObserve:Metrics:PublishInterval=00:00:30");
        StorefrontReport report = await shop.ReportAsync();
        List<StreamEvents> streams = await new MotoLogs(moto).ReadAsync("/storefront/");
        string[] messages = [.. streams.SelectMany(s => s.Events).Select(e => e.Message)];
        Tell(report.LogEvents, messages.Length);

        report.AssertNoLogEventIsMissing();
        Assert.Equal(report.LogEvents, messages.Length);
        Assert.Equal(report.LogEvents, messages.Distinct(StringComparer.Ordinal).Count());
        Assert.All(streams, AssertInOrder);
    }

    [Fact]
    public async Task The_embedded_CloudWatch_holds_every_log_event_once_and_in_order()
    {
        using StorefrontProcess shop = Start([], $"--CloudObserve:Local:MaxLogBytes={1 << 30}");
        StorefrontReport report = await shop.ReportAsync();
        Tell(report.LogEvents, report.StoredLogs.Events);

        report.AssertNoLogEventIsMissing();
        Assert.Equal((report.LogEvents, report.LogEvents, 0), report.StoredLogs);
    }

    private static StorefrontProcess Start(IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> arguments) =>
        StorefrontProcess.Start(
            environment, ["--duration", $"{Seconds}", "--rate", $"{RequestsPerSecond}", WithRequestEvents, .. arguments]);

    private static void AssertInOrder(StreamEvents stream)
    {
        Assert.Equal(stream.Events.Select(e => e.Time).Order(), stream.Events.Select(e => e.Time));
        HashSet<string> begun = [];

        // Two requests to CloudWatch can overtake each other, so events of the same millisecond can be swapped (docs/LIMITS.md). Within a
        // millisecond, requests to the shop therefore begin before others end.
        foreach ((_, string message) in stream.Events.OrderBy(e => e.Time).ThenBy(e => Is(e.Message, Ending)))
        {
            using JsonDocument logEvent = JsonDocument.Parse(message);
            if (Is(message, Beginning))
            {
                Assert.True(begun.Add(TraceOf(logEvent)), $"A request began twice: {message}");
            }
            else if (Is(message, Ending))
            {
                Assert.True(begun.Remove(TraceOf(logEvent)), $"A request ended that had not begun: {message}");
            }
        }

        Assert.Empty(begun);
    }

    private static bool Is(string message, string kind) => message.Contains($"\"message\":\"{kind}", StringComparison.Ordinal);

    private static string TraceOf(JsonDocument logEvent) => logEvent.RootElement.GetProperty("traceId").GetString()!;

    private void Tell(long accepted, long found)
    {
        output.WriteLine($"{Seconds} s: {accepted} events accepted, {found} read back.");
        if (IsLong)
        {
            Assert.InRange(accepted, 2_000L * Seconds, long.MaxValue);
        }
    }
}
