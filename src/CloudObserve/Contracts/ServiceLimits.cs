namespace CloudObserve.Contracts;

/// <summary>
/// Contains the limits of the AWS services: one value for each, used by the signals that send and by the embedded CloudWatch.
/// </summary>
/// <remarks>The sources are the API references and service models of CloudWatch and CloudWatch Logs, and their pages on quotas.</remarks>
internal static class ServiceLimits
{
    /// <summary>The maximum age of a timestamp, of a datum and of a log event.</summary>
    internal static readonly TimeSpan MaxAge = TimeSpan.FromDays(14);

    /// <summary>The maximum time that a timestamp may lie in the future, of a datum and of a log event.</summary>
    internal static readonly TimeSpan MaxAhead = TimeSpan.FromHours(2);

    /// <summary>The limits of PutMetricData.</summary>
    internal static class PutMetricData
    {
        /// <summary>The maximum number of bytes of one request: "1 MB", read as the larger of its two meanings.</summary>
        /// <remarks>
        /// The service does not say whether it counts the bytes before or after compression. The limit is kept before compression, which is
        /// the stricter reading.
        /// </remarks>
        internal const int MaxRequestBytes = 1_048_576;

        /// <summary>
        /// The number of bytes up to which this library fills a request: "1 MB", read as the smaller of its two meanings.
        /// </summary>
        internal const int SafeRequestBytes = 1_000_000;

        /// <summary>The maximum number of datums in one request.</summary>
        internal const int MaxDatums = 1_000;

        /// <summary>The maximum number of entities in one request.</summary>
        internal const int MaxEntities = 2;

        /// <summary>The maximum number of unique values in one datum.</summary>
        internal const int MaxValues = 150;

        /// <summary>The maximum number of dimensions of one datum.</summary>
        internal const int MaxDimensions = 30;

        /// <summary>The maximum number of characters of a namespace, a metric name, or a dimension name.</summary>
        internal const int MaxNameLength = 255;

        /// <summary>The maximum number of characters of a dimension value.</summary>
        internal const int MaxDimensionValueLength = 1_024;

        /// <summary>The largest magnitude of a value: 2^360.</summary>
        internal const double MaxMagnitude = 2.3485425827738332e108;
    }

    /// <summary>The limits of PutLogEvents.</summary>
    internal static class PutLogEvents
    {
        /// <summary>The maximum number of events in one request.</summary>
        internal const int MaxEvents = 10_000;

        /// <summary>
        /// The maximum size of a request in bytes: the UTF-8 bytes of its messages and <see cref="EventOverhead"/> for each.
        /// </summary>
        /// <remarks>The surrounding JSON and its escapes do not count.</remarks>
        internal const int MaxBatchBytes = 1_048_576;

        /// <summary>
        /// The number of bytes that each event counts in addition to its message, in the limit of a request and for billing.
        /// </summary>
        internal const int EventOverhead = 26;

        /// <summary>The largest message in UTF-8 bytes: "1 MB", less the overhead that the limit on the request counts.</summary>
        internal const int MaxMessageBytes = MaxBatchBytes - EventOverhead;

        /// <summary>The maximum number of characters in the name of a group or a stream.</summary>
        internal const int MaxNameLength = 512;

        /// <summary>The largest time span of a request's events.</summary>
        internal static readonly TimeSpan MaxSpan = TimeSpan.FromHours(24);
    }

    /// <summary>The limits of PutMetricFilter.</summary>
    internal static class PutMetricFilter
    {
        /// <summary>The maximum number of characters in a filter's name.</summary>
        internal const int MaxNameLength = 512;

        /// <summary>The maximum number of characters in a metric's name or namespace, and in a dimension's name or selector.</summary>
        internal const int MaxTextLength = 255;

        /// <summary>The maximum number of characters in a value or its selector.</summary>
        internal const int MaxValueLength = 100;

        /// <summary>The maximum number of dimensions of a filter.</summary>
        internal const int MaxDimensions = 3;

        /// <summary>The maximum number of characters in the criteria that select log events by their system fields.</summary>
        internal const int MaxFieldSelectionLength = 2_000;
    }

    /// <summary>The limits of a document in the embedded metric format, from its specification and its JSON schema.</summary>
    internal static class EmbeddedMetrics
    {
        /// <summary>The maximum number of metric definitions in a directive.</summary>
        internal const int MaxMetrics = 100;

        /// <summary>The maximum number of numbers in the value of a metric.</summary>
        internal const int MaxValues = 100;

        /// <summary>The maximum number of characters in the name of a dimension. The metric store accepts 255.</summary>
        internal const int MaxDimensionNameLength = 250;
    }
}
