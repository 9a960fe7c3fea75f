using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Monitoring.Alarms.Aws;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Calls operations of CloudWatch, and repeats calls that fail for a while, within one time limit for all of them.</summary>
/// <remarks>All operations here are idempotent, so they can be repeated after an ambiguous answer.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class PatientCaller(AwsServiceClient client, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    private readonly long _started = time.GetTimestamp();

    // The outcome of everything after the time limit.
    private SendResult? _last;

    /// <summary>Calls an operation.</summary>
    internal async Task<(SendResult Result, ReadOnlyMemory<byte> Content)> CallAsync(
        string operation, string json, CancellationToken cancellationToken)
    {
        if (_last is { } last)
        {
            return (last, default);
        }

        for (TimeSpan pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            (SendResult Result, ReadOnlyMemory<byte> Content) answer =
                await client.CallAsync(operation, Encoding.UTF8.GetBytes(json), cancellationToken).ConfigureAwait(false);
            TimeSpan wait = answer.Result.RetryAfter ?? pause;
            bool isTemporary = answer.Result.Error is ErrorClass.Throttled or ErrorClass.Unavailable or ErrorClass.Ambiguous;
            if (!isTemporary)
            {
                return answer;
            }

            if (time.GetElapsedTime(_started) + wait > AlarmProvisioner.Patience)
            {
                _last = answer.Result;
                return answer;
            }

            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
