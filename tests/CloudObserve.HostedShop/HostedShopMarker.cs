namespace CloudObserve.HostedShop;

/// <summary>Names this program to <c>WebApplicationFactory</c>.</summary>
public sealed class HostedShopMarker;
