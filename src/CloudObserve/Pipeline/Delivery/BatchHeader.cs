namespace CloudObserve.Pipeline.Delivery;

/// <summary>Where a batch goes and how old it is.</summary>
/// <param name="Operation">The service operation, such as <c>PutMetricData</c>. The pipeline only hands it on.</param>
/// <param name="Destination">What the batch is addressed to, in words for people: a namespace, or a log group and stream.</param>
/// <param name="CreatedAt">When the batch was encoded.</param>
/// <param name="AcceptableUntil">When its oldest item becomes too old for the service. A batch that waits longer is lost as <see cref="LossReason.TooOld"/>. One that comes back from disk later than that is sent once more, because the clock may be wrong.</param>
public sealed record BatchHeader(string Operation, string Destination, DateTimeOffset CreatedAt, DateTimeOffset AcceptableUntil);
