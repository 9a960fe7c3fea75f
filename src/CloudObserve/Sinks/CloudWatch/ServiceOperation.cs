namespace CloudObserve.Sinks.CloudWatch;

/// <summary>An operation of a service that the sink calls.</summary>
/// <param name="Name">The operation's name; for those that send batches, as <see cref="Pipeline.Delivery.Batch.Operation"/> carries it.</param>
/// <param name="Protocol">The service that offers it.</param>
/// <param name="Compressible">Whether the service accepts a gzip body for it: AWS allows that by operation, not by service.</param>
internal sealed record ServiceOperation(string Name, ServiceProtocol Protocol, bool Compressible)
{
    internal static readonly ServiceOperation PutMetricData = new("PutMetricData", ServiceProtocol.CloudWatch, Compressible: true);
    internal static readonly ServiceOperation PutLogEvents = new("PutLogEvents", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation CreateLogStream = new("CreateLogStream", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation CreateLogGroup = new("CreateLogGroup", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation PutRetentionPolicy = new("PutRetentionPolicy", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation PutMetricFilter = new("PutMetricFilter", ServiceProtocol.Logs, Compressible: false);

    /// <summary>Finds the operation a batch is to be sent with.</summary>
    /// <exception cref="NotSupportedException">No such operation is known here.</exception>
    internal static ServiceOperation Find(string name) => name switch
    {
        "PutMetricData" => PutMetricData,
        "PutLogEvents" => PutLogEvents,
        "PutMetricFilter" => PutMetricFilter,
        _ => throw new NotSupportedException($"The CloudWatch sink knows no operation '{name}'."),
    };
}
