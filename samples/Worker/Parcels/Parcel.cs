namespace Worker.Parcels;

/// <summary>A message of the queue: a parcel that needs a label of its carrier.</summary>
internal sealed record Parcel(int Number, string Carrier, decimal Kilograms, DateTimeOffset QueuedAt);
