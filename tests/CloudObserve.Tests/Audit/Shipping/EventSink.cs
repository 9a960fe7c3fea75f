using System.Text.Json;
using CloudObserve.Delivery;

namespace CloudObserve.Tests.Audit.Shipping;

/// <summary>A CloudWatch Logs that keeps what it takes, and fails as it is told.</summary>
internal sealed class EventSink : IBatchSink
{
    private readonly Lock _lock = new();
    private readonly List<(string Stream, long Time, string Message)> _taken = [];
    private int _attempts;

    /// <summary>Gets or sets the response to a request; <see langword="null"/> accepts it.</summary>
    internal Func<string[], SendResult?> Answer { get; set; } = static _ => null;

    internal int Attempts => Volatile.Read(ref _attempts);

    internal string[] Messages
    {
        get
        {
            lock (_lock)
            {
                return [.. _taken.Select(e => e.Message)];
            }
        }
    }

    internal (string Stream, long Time, string Message)[] Events
    {
        get
        {
            lock (_lock)
            {
                return [.. _taken];
            }
        }
    }

    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _attempts);
        using JsonDocument request = JsonDocument.Parse(batch.Body);
        string stream = $"{request.RootElement.GetProperty("logGroupName").GetString()} {request.RootElement.GetProperty("logStreamName").GetString()}";
        (string Stream, long Time, string Message)[] events = [.. request.RootElement.GetProperty("logEvents").EnumerateArray().Select(
            e => (stream, e.GetProperty("timestamp").GetInt64(), e.GetProperty("message").GetString()!))];
        SendResult result = Answer([.. events.Select(e => e.Message)]) ?? SendResult.Delivered();
        if (result.Error == ErrorClass.None)
        {
            lock (_lock)
            {
                _taken.AddRange(events);
            }
        }

        return ValueTask.FromResult(result);
    }
}
