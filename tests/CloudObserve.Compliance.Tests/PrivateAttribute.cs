using Microsoft.Extensions.Compliance.Classification;

namespace CloudObserve.Compliance.Tests;

/// <summary>Marks data of which only a hash may be logged.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class PrivateAttribute() : DataClassificationAttribute(Class)
{
    internal static DataClassification Class { get; } = new("Shop", "Private");
}
