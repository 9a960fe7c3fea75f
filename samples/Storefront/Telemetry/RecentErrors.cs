using System.Text.Json;
using CloudObserve.Local;

namespace Storefront.Telemetry;

/// <summary>Reads the shop's latest error events from the embedded CloudWatch and prints them.</summary>
internal sealed class RecentErrors(EmbeddedCloudWatch cloudWatch, TimeProvider time)
{
    private const string Errors = """{ $.level = "Error" }""";
    private const int Shown = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine("last error events");
        foreach ((DateTimeOffset at, string message) in Find())
        {
            Console.WriteLine($"{at:HH:mm:ss.fff} {message}");
        }
    }

    private IEnumerable<(DateTimeOffset At, string Message)> Find()
    {
        List<(DateTimeOffset At, string Message)> errors = [];
        foreach (string group in cloudWatch.DescribeLogGroups(new DescribeLogGroupsRequest()).LogGroups.Select(g => g.LogGroupName))
        {
            string? next = null;
            do
            {
                FilterLogEventsResponse page = cloudWatch.FilterLogEvents(
                    new FilterLogEventsRequest
                    {
                        LogGroupName = group,
                        FilterPattern = Errors,
                        StartTime = time.GetUtcNow() - Window,
                        NextToken = next,
                    });
                errors.AddRange(page.Events.Select(e => (e.Timestamp, MessageOf(e))));
                next = page.NextToken;
            }
            while (next is not null);
        }

        return errors.OrderByDescending(e => e.At).Take(Shown);
    }

    private static string MessageOf(FilteredLogEvent logEvent)
    {
        using JsonDocument document = JsonDocument.Parse(logEvent.Message);
        return document.RootElement.GetProperty("message").GetString() ?? "";
    }
}
