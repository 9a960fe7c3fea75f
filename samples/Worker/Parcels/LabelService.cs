namespace Worker.Parcels;

/// <summary>Stands for the carriers' own services, which answer after a while and refuse some parcels.</summary>
internal sealed class LabelService(TimeProvider time)
{
    public static readonly string[] Carriers = ["dhl", "gls", "ups"];

    // One call in so many is refused, so that a short run has some and most parcels pass at a later attempt.
    private const int RefusedOneIn = 7;

    private int _calls;

    public async Task<bool> TryPrintAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), time);
        return Interlocked.Increment(ref _calls) % RefusedOneIn != 0;
    }
}
