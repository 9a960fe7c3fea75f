namespace CloudObserve.Audit.Records;

/// <summary>Holds the values of a record for members that its event does not set.</summary>
/// <param name="Source">The event source.</param>
/// <param name="AccountId">The account of the recipient.</param>
/// <param name="Region">The region.</param>
/// <param name="Host">The name of this machine, which is the source address of actions without another one.</param>
internal sealed record RecordDefaults(string Source, string AccountId, string Region, string Host);
