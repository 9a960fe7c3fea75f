namespace Worker.Parcels;

/// <summary>Simulates the services of carriers, which answer after a delay and refuse some parcels.</summary>
internal sealed class LabelService(TimeProvider time)
{
    public static readonly string[] Carriers = ["dhl", "gls", "ups"];

    // One call in this many is refused. So even a short run has refusals, and most parcels succeed at a later attempt.
    private const int RefusedOneIn = 7;

    private int _calls;
    private int _refused;

    /// <summary>Gets the number of labels refused so far.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async Task<bool> TryPrintAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        if (Interlocked.Increment(ref _calls) % RefusedOneIn != 0)
        {
            return true;
        }

        _ = Interlocked.Increment(ref _refused);
        return false;
    }
}
