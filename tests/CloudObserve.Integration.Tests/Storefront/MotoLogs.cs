using System.Text.Json;
using CloudObserve.Integration.Tests.Moto;

namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>Reads every log event that moto holds, by plain HTTP and without any code of the library.</summary>
internal sealed class MotoLogs(MotoServer moto)
{
    /// <summary>Reads all streams whose group begins with a prefix, each from its head.</summary>
    public async Task<List<StreamEvents>> ReadAsync(string prefix)
    {
        List<StreamEvents> found = [];
        using JsonDocument groups = await moto.LogsAsync("DescribeLogGroups", new { logGroupNamePrefix = prefix });
        foreach (string group in groups.RootElement.GetProperty("logGroups").EnumerateArray()
            .Select(g => g.GetProperty("logGroupName").GetString()!))
        {
            using JsonDocument streams = await moto.LogsAsync("DescribeLogStreams", new { logGroupName = group });
            foreach (string stream in streams.RootElement.GetProperty("logStreams").EnumerateArray()
                .Select(s => s.GetProperty("logStreamName").GetString()!))
            {
                found.Add(new StreamEvents(group, stream, await EventsAsync(group, stream)));
            }
        }

        return found;
    }

    private async Task<List<(long Time, string Message)>> EventsAsync(string group, string stream)
    {
        List<(long, string)> events = [];
        string? token = null;
        while (true)
        {
            Dictionary<string, object> request = new() { ["logGroupName"] = group, ["logStreamName"] = stream, ["startFromHead"] = true };
            if (token is not null)
            {
                request["nextToken"] = token;
            }

            using JsonDocument page = await moto.LogsAsync("GetLogEvents", request);
            events.AddRange(page.RootElement.GetProperty("events").EnumerateArray()
                .Select(e => (e.GetProperty("timestamp").GetInt64(), e.GetProperty("message").GetString()!)));
            string next = page.RootElement.GetProperty("nextForwardToken").GetString()!;
            if (next == token)
            {
                return events;
            }

            token = next;
        }
    }
}
