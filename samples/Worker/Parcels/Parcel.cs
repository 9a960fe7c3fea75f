namespace Worker.Parcels;

/// <summary>Represents a message of the queue: a parcel that needs a label from its carrier.</summary>
internal sealed record Parcel(int Number, string Carrier, decimal Kilograms, DateTimeOffset QueuedAt);
