namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>Tests that load the machine; they run alone, so that what they measure is their own.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class UnderLoad
{
    internal const string Name = "Under load";
}
