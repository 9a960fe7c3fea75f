namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>Tests that measure what the whole process allocates. They run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneGroup
{
    public const string Name = "allocations of the process";
}
