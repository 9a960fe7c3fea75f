using CloudObserve.Monitoring.Expressions.Functions;

namespace CloudObserve.Monitoring.Expressions;

/// <summary>Provides the data for the evaluation of an expression.</summary>
/// <param name="budget">The number of points that the evaluation may compute.</param>
internal abstract class MathContext(MathBudget budget)
{
    /// <summary>Gets the number of points that the evaluation may compute.</summary>
    internal MathBudget Budget { get; } = budget;

    /// <summary>Gets the periods of results that do not depend on a time series.</summary>
    internal abstract TimeGrid Grid { get; }

    /// <summary>Gets the metrics of the request by id, in the order of the request.</summary>
    internal abstract IEnumerable<KeyValuePair<string, MetricSeries>> Metrics { get; }

    /// <summary>Returns the value of a query.</summary>
    internal abstract MathValue ValueOf(string id);

    /// <summary>Returns the period of a metric in seconds.</summary>
    internal abstract long PeriodOf(string id);

    /// <summary>Finds metrics.</summary>
    internal virtual MetricSeries[] Search(MathCall call) => throw call.Fault("SEARCH needs stored metrics, and there are none here");

    /// <summary>Computes the band of a time series.</summary>
    /// <returns><see langword="null"/> if there is too little data.</returns>
    internal virtual AnomalyBand? BandOf(MathCall call, MetricSeries series, double factor) => null;
}
