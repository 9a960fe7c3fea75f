namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a range of IP addresses.</summary>
/// <param name="IsV6">Whether the addresses are of version 6. An IPv4 address written as IPv6 is of version 4.</param>
/// <param name="Low">The lowest address.</param>
/// <param name="High">The highest address.</param>
internal readonly record struct AddressRange(bool IsV6, UInt128 Low, UInt128 High);
