using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>An answer without content; PutMetricData has none to give.</summary>
internal sealed class OperationResponse : AmazonWebServiceResponse;
