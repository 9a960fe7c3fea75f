namespace Worker.Parcels;

/// <summary>Simulates the services of carriers, which answer after a delay and refuse some parcels.</summary>
internal sealed class LabelService(TimeProvider time)
{
    public static readonly string[] Carriers = ["dhl", "gls", "ups"];

    // One call in this many is refused. So even a short run has refusals, and most parcels succeed at a later attempt.
    private const int RefusedOneIn = 7;

    private int _calls;

    public async Task<bool> TryPrintAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        return Interlocked.Increment(ref _calls) % RefusedOneIn != 0;
    }
}
