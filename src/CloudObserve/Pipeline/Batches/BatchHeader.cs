namespace CloudObserve.Delivery;

/// <summary>The destination and the age of a batch.</summary>
/// <param name="Operation">The service operation, such as <c>PutMetricData</c>. The pipeline does not interpret it.</param>
/// <param name="Destination">A description of the destination, for messages: a namespace, or a log group and stream.</param>
/// <param name="CreatedAt">The time at which the batch was encoded.</param>
/// <param name="AcceptableUntil">The time at which its oldest item becomes too old for the service. A batch that waits longer is lost as
/// <see cref="LossReason.TooOld"/>. A batch that is read back from disk after that time is sent once more, because the clock may be
/// wrong.</param>
public sealed record BatchHeader(string Operation, string Destination, DateTimeOffset CreatedAt, DateTimeOffset AcceptableUntil);
