namespace Lambda;

/// <summary>Represents the input of the function.</summary>
internal sealed record OrderEvent(string OrderId, string Carrier, decimal Total);
