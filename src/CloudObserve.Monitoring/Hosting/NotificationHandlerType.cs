using System.Diagnostics.CodeAnalysis;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Represents a handler of notifications that the application registered.</summary>
internal sealed record NotificationHandlerType(
    [property: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type Type);
