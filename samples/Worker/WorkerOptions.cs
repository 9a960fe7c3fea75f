using System.Globalization;

namespace Worker;

/// <summary>Provides the options <c>--rate</c> and <c>--duration</c>.</summary>
/// <param name="Rate">The number of parcels queued per second.</param>
/// <param name="Duration">The duration of the run; null until Ctrl+C or SIGTERM.</param>
internal sealed record WorkerOptions(double Rate, TimeSpan? Duration)
{
    private const double MaxRate = 1_000;
    private const double MaxSeconds = 2_000_000;

    public static WorkerOptions Read(IConfiguration configuration) => new(
        Number(configuration, "rate", MaxRate) ?? 20,
        Number(configuration, "duration", MaxSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null);

    private static double? Number(IConfiguration configuration, string name, double max)
    {
        if (configuration[name] is not { } text)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0 && number <= max
            ? number
            : throw new InvalidOperationException(
                $"--{name} is '{text}', but must be a number above 0 and up to {max.ToString(CultureInfo.InvariantCulture)}.");
    }
}
