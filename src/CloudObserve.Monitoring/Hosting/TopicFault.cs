namespace CloudObserve.Monitoring.Hosting;

/// <summary>Represents a fault of a topic.</summary>
/// <param name="Topic">The name of the topic.</param>
/// <param name="Text">The fault, with the key or the call that it belongs to. Secret values are not part of it.</param>
internal sealed record TopicFault(string Topic, string Text);
