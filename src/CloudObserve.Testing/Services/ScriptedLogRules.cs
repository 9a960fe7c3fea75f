using System.Text;
using System.Text.Json;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Contains the rules of CloudWatch Logs for names, batches and retention.</summary>
internal static class ScriptedLogRules
{
    /// <summary>The CloudWatch Logs limit: 1 to 10,000 events in a call.</summary>
    internal const int MaxEvents = 10_000;

    /// <summary>The CloudWatch Logs limit in bytes: the UTF-8 bytes of all messages, plus 26 for each message.</summary>
    internal const int MaxBatchBytes = 1_048_576;

    private const int OverheadBytes = 26;
    private const int MaxName = 512;

    // The only retentions that CloudWatch Logs allows, in days.
    private static readonly HashSet<int> Retentions =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    private static readonly HashSet<string> Classes = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY"];

    internal static string GroupName(JsonElement body)
    {
        string name = Text(body, "logGroupName") ?? throw Required("logGroupName");
        bool legal = name.Length is >= 1 and <= MaxName
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or '#')
            && !name.StartsWith("aws/", StringComparison.Ordinal);
        return legal ? name : throw Invalid($"Value '{name}' at 'logGroupName' failed to satisfy constraint.");
    }

    internal static string StreamName(JsonElement body)
    {
        string name = Text(body, "logStreamName") ?? throw Required("logStreamName");
        bool legal = name.Length is >= 1 and <= MaxName && !name.Contains(':', StringComparison.Ordinal)
            && !name.Contains('*', StringComparison.Ordinal);
        return legal ? name : throw Invalid($"Value '{name}' at 'logStreamName' failed to satisfy constraint.");
    }

    internal static int Retention(JsonElement body)
    {
        int days = body.TryGetProperty("retentionInDays", out JsonElement value) ? value.GetInt32() : throw Required("retentionInDays");
        return Retentions.Contains(days) ? days : throw Invalid($"Value '{days}' at 'retentionInDays' is not a valid retention.");
    }

    internal static string Class(JsonElement body)
    {
        string name = Text(body, "logGroupClass") ?? "STANDARD";
        return Classes.Contains(name) ? name : throw Invalid($"Value '{name}' at 'logGroupClass' failed to satisfy constraint.");
    }

    internal static void CheckBatch(IReadOnlyList<AcceptedLogEvent> events)
    {
        if (events.Count is 0 or > MaxEvents)
        {
            throw Invalid($"'logEvents' must have 1 to {MaxEvents} members, and has {events.Count}.");
        }

        if (events.Any(e => e.Message.Length == 0))
        {
            throw Invalid("A 'message' failed to satisfy constraint: Member must have length greater than or equal to 1.");
        }

        foreach (AcceptedLogEvent each in events)
        {
            long size = (long)Encoding.UTF8.GetByteCount(each.Message) + OverheadBytes;
            if (size > MaxBatchBytes)
            {
                throw Invalid($"Log event too large: {size} bytes exceeds limit of {MaxBatchBytes}");
            }
        }

        long bytes = events.Sum(e => (long)Encoding.UTF8.GetByteCount(e.Message) + OverheadBytes);
        if (bytes > MaxBatchBytes)
        {
            throw Invalid($"Upload too large: {bytes} bytes exceeds limit of {MaxBatchBytes}");
        }

        if (events.Zip(events.Skip(1)).Any(pair => pair.Second.Timestamp < pair.First.Timestamp))
        {
            throw Invalid("Log events in a single PutLogEvents request must be in chronological order.");
        }
    }

    internal static void CheckSpan(IReadOnlyList<AcceptedLogEvent> kept)
    {
        if (kept.Count > 0 && kept[^1].Timestamp - kept[0].Timestamp > TimeSpan.FromHours(24))
        {
            throw Invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
        }
    }

    internal static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    internal static ServiceFault Required(string name) =>
        Invalid($"Value null at '{name}' failed to satisfy constraint: Member must not be null");

    internal static ServiceFault Invalid(string message) => new(400, "InvalidParameterException", message);
}
