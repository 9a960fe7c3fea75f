using CloudObserve.Diagnostics;
using CloudObserve.Sinks.Local;
using CloudObserve.Sinks.Local.Queries;
using CloudObserve.Sinks.Local.Reading;
using CloudObserve.Sinks.Local.Storage;
using Microsoft.Extensions.Options;

namespace CloudObserve.Local;

/// <summary>A CloudWatch inside the process, which stores telemetry without an AWS account and answers queries.</summary>
/// <remarks>
/// It accepts and refuses the same requests as AWS, keeps data for the same time and at the same resolutions, and answers queries with
/// CloudWatch's semantics. Data is in memory and ends with the process, unless the host keeps it
/// (<see cref="LocalOptions.Directory"/>). Accepted data can be read immediately. A metric filter applies to
/// events accepted after it was created. Metric math, Metrics Insights and entities are not supported, and are refused with an error. A log
/// group and a stream are created when they receive their first event.
/// </remarks>
/// <threadsafety>Safe for concurrent use. A query sees each accepted request completely or not at all.</threadsafety>
public sealed class EmbeddedCloudWatch
{
    /// <summary>The account id of the embedded CloudWatch.</summary>
    internal const string AccountId = "000000000000";

    private readonly MetricStatisticsQuery _statistics;
    private readonly MetricDataQueries _data;
    private readonly MetricListing _listing;
    private readonly MetricFilterListing _metricFilterListing;
    private readonly LogFilterQuery _logFilter;
    private readonly LogStreamQuery _logStream;
    private readonly LogListing _logListing;

    /// <summary>Initializes a new, empty instance of the <see cref="EmbeddedCloudWatch"/> class.</summary>
    /// <param name="options">The limits of the stored data.</param>
    /// <param name="timeProvider">The clock that determines the age of data.</param>
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
        MetricFilters = new MetricFilterStore(Metrics);
        _metricFilterListing = new MetricFilterListing(MetricFilters);
        Logs = new LogStore(options.Value.MaxLogBytes, timeProvider);
        _logFilter = new LogFilterQuery(Logs);
        _logStream = new LogStreamQuery(Logs);
        _logListing = new LogListing(Logs);
    }

    /// <summary>Gets the current number of stored metrics.</summary>
    public int SeriesCount => Metrics.Inspect(static table => table.Count);

    /// <summary>Gets an estimate of the memory used by metrics, in bytes.</summary>
    public long StoredBytes => Metrics.Inspect(static table => table.Bytes);

    /// <summary>
    /// Gets the number of metrics dropped since the start because of <see cref="LocalOptions.MaxSeries"/> or
    /// <see cref="LocalOptions.MaxBytes"/>.
    /// </summary>
    public long DroppedSeries => Metrics.Inspect(static table => table.DroppedSeries);

    /// <summary>
    /// Gets the number of datapoints of remaining metrics that were dropped since the start because of <see cref="LocalOptions.MaxBytes"/>.
    /// </summary>
    public long DroppedDatapoints => Metrics.Inspect(static table => table.DroppedDatapoints);

    /// <summary>Gets an estimate of the memory used by log events, in bytes.</summary>
    public long StoredLogBytes => Logs.Inspect(static table => table.Bytes);

    /// <summary>Gets the number of log events dropped since the start because of <see cref="LocalOptions.MaxLogBytes"/>.</summary>
    public long DroppedLogEvents => Logs.Inspect(static table => table.DroppedEvents);

    internal MetricStore Metrics { get; }

    internal LogStore Logs { get; }

    internal MetricFilterStore MetricFilters { get; }

    internal TimeProvider Clock { get; }

    /// <summary>Returns the moment for a request that arrives now.</summary>
    internal Arrival Arrive() => new(Clock.GetUtcNow(), Metrics.RetentionTime);

    /// <summary>Continues with the data of earlier processes, after it was replayed.</summary>
    /// <param name="known">Moments at which they ran, in ascending order.</param>
    internal void Resume(IReadOnlyList<DateTimeOffset> known)
    {
        Metrics.Resume(known);
        Logs.Resume(known);
    }

    /// <summary>Lists the metrics that received data within the last two weeks.</summary>
    /// <param name="request">The filter for metrics.</param>
    /// <returns>At most 500 metrics, and a token if there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch.</exception>
    public ListMetricsResponse ListMetrics(ListMetricsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _listing.Execute(request);
    }

    /// <summary>Gets statistics of one metric.</summary>
    /// <param name="request">The metric, the time range and the statistics.</param>
    /// <returns>At most 1,440 datapoints. A metric that does not exist has none.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch.</exception>
    public GetMetricStatisticsResponse GetMetricStatistics(GetMetricStatisticsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _statistics.Execute(request);
    }

    /// <summary>Gets one statistic of each of several metrics.</summary>
    /// <param name="request">The metrics, the statistics and the time range.</param>
    /// <returns>One result for each query, and a token if there are more values.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch, or uses metric math.</exception>
    public GetMetricDataResponse GetMetricData(GetMetricDataRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _data.Execute(request);
    }

    /// <summary>Reads the events of a log group, from all or some of its streams, in order of time.</summary>
    /// <param name="request">The group, the streams and the time range.</param>
    /// <returns>At most 10,000 events and 1 MB, and a token if there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs, or the group or a stream does not
    /// exist.</exception>
    public FilterLogEventsResponse FilterLogEvents(FilterLogEventsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logFilter.Execute(request);
    }

    /// <summary>Reads the events of one log stream, forward or backward.</summary>
    /// <param name="request">The stream, the time range and the direction.</param>
    /// <returns>At most 10,000 events and 1 MB, in ascending order of time, and a token for each direction. At an end, that token is the
    /// one passed in.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs, or the stream does not exist.</exception>
    public GetLogEventsResponse GetLogEvents(GetLogEventsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logStream.Execute(request);
    }

    /// <summary>Lists metric filters, by log group and name.</summary>
    /// <param name="request">The filter for metric filters.</param>
    /// <returns>At most 50 filters, and a token if there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs.</exception>
    public DescribeMetricFiltersResponse DescribeMetricFilters(DescribeMetricFiltersRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _metricFilterListing.Execute(request);
    }

    /// <summary>Lists log groups, by name.</summary>
    /// <param name="request">The filter for groups.</param>
    /// <returns>At most 50 groups, and a token if there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs.</exception>
    public DescribeLogGroupsResponse DescribeLogGroups(DescribeLogGroupsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logListing.Execute(request);
    }

    /// <summary>Lists the streams of a log group, by name.</summary>
    /// <param name="request">The group, and the filter for streams.</param>
    /// <returns>At most 50 streams, and a token if there are more.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs, or the group does not exist.</exception>
    public DescribeLogStreamsResponse DescribeLogStreams(DescribeLogStreamsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _logListing.Execute(request);
    }

    /// <summary>Reads the events of a log group one after the other, without creating an object for an event.</summary>
    /// <param name="request">The group, the streams, the time range, the pattern and the order.</param>
    /// <returns>A reader before the first event. It reads the events that were accepted until now.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch Logs, or the group or a stream does not
    /// exist.</exception>
    public LogEventReader ReadLogEvents(ReadLogEventsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return LogReading.Begin(Logs, request);
    }

    /// <summary>Prepares to read the values of one statistic of one metric many times.</summary>
    /// <param name="stat">The metric, the period, the statistic and the unit.</param>
    /// <returns>A reader of the values. The metric does not have to exist yet.</returns>
    /// <exception cref="CloudWatchException">The request breaks a rule of CloudWatch.</exception>
    public MetricStatReader CreateMetricStatReader(MetricStat stat)
    {
        ArgumentNullException.ThrowIfNull(stat);
        return new MetricStatReader(Metrics, stat);
    }

    /// <summary>
    /// Subscribes to the log events that are accepted from now on. Events that are replayed at the start are not included.
    /// </summary>
    /// <param name="request">The groups, the pattern and the limits of the buffer.</param>
    /// <returns>The subscription. Dispose it to end it.</returns>
    /// <exception cref="CloudWatchException">A name of a group breaks a rule of CloudWatch Logs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public Subscription<IngestedLogEvent> SubscribeToLogEvents(SubscribeToLogEventsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Logs.Subscribe(request.CheckedLimits(), request.CreateFilter());
    }

    /// <summary>Subscribes to the metrics that are accepted from now on. Metrics that are replayed at the start are not included.</summary>
    /// <param name="request">The namespace and the limit of the buffer.</param>
    /// <returns>The subscription. Dispose it to end it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    public Subscription<IngestedMetric> SubscribeToMetrics(SubscribeToMetricsRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Metrics.Subscribe(request.CheckedLimits(), request.CreateFilter());
    }

    private static void ThrowIfInvalid(LocalOptions options)
    {
        OptionFaults faults = new();
        LocalOptionsValidator.Check(faults, options);
        if (faults.All.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(LocalOptions), faults.All);
        }
    }
}
