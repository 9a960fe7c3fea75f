using CloudObserve.Sinks.Local.Queries;
using CloudObserve.Sinks.Local.Storage;
using Microsoft.Extensions.Options;

namespace CloudObserve.Sinks.Local;

/// <summary>A CloudWatch inside the process: where telemetry lands when there is no AWS account, and what development and tests query.</summary>
/// <remarks>
/// It accepts what AWS accepts and refuses what AWS refuses, keeps data for as long and at the same resolutions, and answers queries with
/// CloudWatch's meaning. Data lives in memory and ends with the process. There is no delay: what was accepted can be read at once.
/// A metric filter that is put sees the events taken from then on.
/// Metric math, Metrics Insights and entities are not supported, and say so when used. A log group and a stream are created when they first
/// get an event.
/// </remarks>
/// <threadsafety>Safe for concurrent use. A query sees each accepted request whole or not at all.</threadsafety>
public sealed class EmbeddedCloudWatch
{
    /// <summary>The account that the embedded CloudWatch belongs to.</summary>
    internal const string AccountId = "000000000000";

    private readonly MetricStatisticsQuery _statistics;
    private readonly MetricDataQueries _data;
    private readonly MetricListing _listing;
    private readonly MetricFilterListing _metricFilterListing;
    private readonly LogFilterQuery _logFilter;
    private readonly LogStreamQuery _logStream;
    private readonly LogListing _logListing;

    /// <summary>Initializes a new instance of the <see cref="EmbeddedCloudWatch"/> class that is empty.</summary>
    /// <param name="options">How much may be kept.</param>
    /// <param name="timeProvider">The clock that ages are measured with.</param>
    /// <exception cref="OptionsValidationException">A value of <paramref name="options"/> is out of range.</exception>
    public EmbeddedCloudWatch(IOptions<LocalOptions> options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ThrowIfInvalid(options.Value);
        Clock = timeProvider;
        Metrics = new MetricStore(options.Value, timeProvider);
        _statistics = new MetricStatisticsQuery(Metrics);
        _data = new MetricDataQueries(Metrics);
        _listing = new MetricListing(Metrics);
        MetricFilters = new MetricFilterStore(Metrics, timeProvider);
        _metricFilterListing = new MetricFilterListing(MetricFilters);
        Logs = new LogStore(options.Value.MaxLogBytes, timeProvider);
        _logFilter = new LogFilterQuery(Logs);
        _logStream = new LogStreamQuery(Logs);
        _logListing = new LogListing(Logs);
    }

    /// <summary>Gets the number of metrics kept now.</summary>
    public int SeriesCount => Metrics.Inspect(static table => table.Count);

    /// <summary>Gets an estimate of the memory that metrics take now, in bytes.</summary>
    public long StoredBytes => Metrics.Inspect(static table => table.Bytes);

    /// <summary>Gets how many metrics were dropped since the start because <see cref="LocalOptions.MaxSeries"/> or <see cref="LocalOptions.MaxBytes"/> was reached.</summary>
    public long DroppedSeries => Metrics.Inspect(static table => table.DroppedSeries);

    /// <summary>Gets how many datapoints of metrics that stayed were dropped since the start because <see cref="LocalOptions.MaxBytes"/> was reached.</summary>
    public long DroppedDatapoints => Metrics.Inspect(static table => table.DroppedDatapoints);

    /// <summary>Gets an estimate of the memory that log events take now, in bytes.</summary>
    public long StoredLogBytes => Logs.Inspect(static table => table.Bytes);

    /// <summary>Gets how many log events were dropped since the start because <see cref="LocalOptions.MaxLogBytes"/> was reached.</summary>
    public long DroppedLogEvents => Logs.Inspect(static table => table.DroppedEvents);

    internal MetricStore Metrics { get; }

    internal LogStore Logs { get; }

    internal MetricFilterStore MetricFilters { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Lists the metrics that got data within the last two weeks.</summary>
    /// <param name="request">Which metrics.</param>
    /// <returns>At most 500 metrics, and a token when there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch.</exception>
    public ListMetricsResponse ListMetrics(ListMetricsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _listing.Execute(request);
    }

    /// <summary>Gets statistics of one metric.</summary>
    /// <param name="request">Which metric, when, and which statistics.</param>
    /// <returns>At most 1,440 datapoints. A metric that does not exist has none.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch.</exception>
    public GetMetricStatisticsResponse GetMetricStatistics(GetMetricStatisticsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _statistics.Execute(request);
    }

    /// <summary>Gets one statistic of each of several metrics.</summary>
    /// <param name="request">Which metrics and statistics, and when.</param>
    /// <returns>One result for each query, and a token when there are more values.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch, or uses metric math.</exception>
    public GetMetricDataResponse GetMetricData(GetMetricDataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _data.Execute(request);
    }

    /// <summary>Reads the events of a log group, over all its streams or some of them, in the order of their time.</summary>
    /// <param name="request">Which group and streams, and when.</param>
    /// <returns>At most 10,000 events and 1 MB, and a token when there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs, or the group or a stream does not exist.</exception>
    public FilterLogEventsResponse FilterLogEvents(FilterLogEventsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logFilter.Execute(request);
    }

    /// <summary>Reads the events of one log stream, forward or backward.</summary>
    /// <param name="request">Which stream, when, and from which end.</param>
    /// <returns>At most 10,000 events and 1 MB, ascending in time, and a token for either direction. At an end it is the token that was given.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs, or the stream does not exist.</exception>
    public GetLogEventsResponse GetLogEvents(GetLogEventsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logStream.Execute(request);
    }

    /// <summary>Lists metric filters, by log group and name.</summary>
    /// <param name="request">Which filters.</param>
    /// <returns>At most 50 filters, and a token when there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs.</exception>
    public DescribeMetricFiltersResponse DescribeMetricFilters(DescribeMetricFiltersRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _metricFilterListing.Execute(request);
    }

    /// <summary>Lists log groups, by name.</summary>
    /// <param name="request">Which groups.</param>
    /// <returns>At most 50 groups, and a token when there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs.</exception>
    public DescribeLogGroupsResponse DescribeLogGroups(DescribeLogGroupsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logListing.Execute(request);
    }

    /// <summary>Lists the streams of a log group, by name.</summary>
    /// <param name="request">Which group and streams.</param>
    /// <returns>At most 50 streams, and a token when there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs, or the group does not exist.</exception>
    public DescribeLogStreamsResponse DescribeLogStreams(DescribeLogStreamsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logListing.Execute(request);
    }

    private static void ThrowIfInvalid(LocalOptions options)
    {
        ValidateOptionsResult result = new LocalOptionsValidator().Validate(null, options);
        if (result.Failed)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(LocalOptions), result.Failures);
        }
    }
}
