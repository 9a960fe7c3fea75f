namespace Lambda;

/// <summary>What the function is called with.</summary>
internal sealed record OrderEvent(string OrderId, string Carrier, decimal Total);
