using Microsoft.Extensions.Compliance.Classification;

namespace CloudObserve.Compliance.Tests;

/// <summary>Marks data of which nothing may be logged.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class SecretAttribute() : DataClassificationAttribute(Class)
{
    internal static DataClassification Class { get; } = new("Shop", "Secret");
}
