namespace CloudObserve.Monitoring;

/// <summary>Represents the range of values that are expected at a time.</summary>
/// <param name="Expected">The expected value, in the unit of the series.</param>
/// <param name="LowerDeviation">The usual deviation below the expected value, in the unit of the series. It is not negative.</param>
/// <param name="UpperDeviation">The usual deviation above the expected value, in the unit of the series. It is not negative.</param>
public readonly record struct ExpectedBand(double Expected, double LowerDeviation, double UpperDeviation)
{
    /// <summary>Returns the lower edge of the band.</summary>
    /// <param name="factor">The number of deviations, which is 2 by default in CloudWatch. A larger factor makes a wider band.</param>
    public double Lower(double factor) => Math.Max(double.MinValue, Expected - (factor * LowerDeviation));

    /// <summary>Returns the upper edge of the band.</summary>
    /// <param name="factor">The number of deviations, which is 2 by default in CloudWatch. A larger factor makes a wider band.</param>
    public double Upper(double factor) => Math.Min(double.MaxValue, Expected + (factor * UpperDeviation));
}
