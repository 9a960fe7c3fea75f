namespace CloudObserve.Monitoring.Expressions;

/// <summary>Computes the bands of expected values for <c>ANOMALY_DETECTION_BAND</c>.</summary>
internal interface IAnomalyBands
{
    /// <summary>Computes the band of a time series.</summary>
    /// <param name="input">The time series, and what came before it.</param>
    /// <param name="factor">
    /// The width of the band in standard deviations, greater than 0: CloudWatch's second argument, by default 2.
    /// </param>
    /// <returns>The band on the grid of <see cref="BandInput.Series"/>, which may have gaps; <see langword="null"/> if there is too little
    /// data for any of it.</returns>
    AnomalyBand? Compute(BandInput input, double factor);
}
