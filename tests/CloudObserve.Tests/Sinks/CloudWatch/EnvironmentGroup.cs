namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>Tests that change the process's environment variables. They run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentGroup
{
    public const string Name = "environment variables";
}
