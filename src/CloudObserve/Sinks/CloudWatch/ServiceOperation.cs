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

    // Those that batches are sent with.
    private static readonly ServiceOperation[] ForBatches = [PutMetricData, PutLogEvents, PutMetricFilter];

    /// <summary>Tells whether batches can be sent with an operation.</summary>
    internal static bool IsKnown(string name) => Array.Exists(ForBatches, o => o.Name == name);

    /// <summary>Finds the operation a batch is to be sent with.</summary>
    /// <exception cref="NotSupportedException">No such operation is known here.</exception>
    internal static ServiceOperation Find(string name) =>
        Array.Find(ForBatches, o => o.Name == name) ?? throw new NotSupportedException($"The CloudWatch sink knows no operation '{name}'.");
}
