namespace CloudObserve.Sinks.CloudWatch;

/// <summary>An operation of a service that the sink calls.</summary>
/// <param name="Name">The operation's name; for operations that send batches, the value of
/// <see cref="CloudObserve.Delivery.Batch.Operation"/>.</param>
/// <param name="Protocol">The service that offers it.</param>
/// <param name="Compressible">Whether the service accepts a gzip body for it. AWS defines this by operation, not by service.</param>
internal sealed record ServiceOperation(string Name, ServiceProtocol Protocol, bool Compressible)
{
    internal static readonly ServiceOperation PutMetricData = new("PutMetricData", ServiceProtocol.CloudWatch, Compressible: true);
    internal static readonly ServiceOperation PutLogEvents = new("PutLogEvents", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation CreateLogStream = new("CreateLogStream", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation CreateLogGroup = new("CreateLogGroup", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation PutRetentionPolicy = new("PutRetentionPolicy", ServiceProtocol.Logs, Compressible: false);
    internal static readonly ServiceOperation PutMetricFilter = new("PutMetricFilter", ServiceProtocol.Logs, Compressible: false);

    // The operations that send batches.
    private static readonly ServiceOperation[] ForBatches = [PutMetricData, PutLogEvents, PutMetricFilter];

    /// <summary>Determines whether batches can be sent with an operation.</summary>
    internal static bool IsKnown(string name) => Array.Exists(ForBatches, o => o.Name == name);

    /// <summary>Returns the operation for a batch.</summary>
    /// <exception cref="NotSupportedException">The operation is unknown.</exception>
    internal static ServiceOperation Find(string name) =>
        Array.Find(ForBatches, o => o.Name == name)
        ?? throw new NotSupportedException($"The CloudWatch sink does not support the operation '{name}'.");
}
