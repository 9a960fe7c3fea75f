namespace CloudObserve.Audit.Records;

/// <summary>What stands in a record for what its event does not say.</summary>
/// <param name="Source">The event source.</param>
/// <param name="AccountId">The recipient's account.</param>
/// <param name="Region">The region.</param>
/// <param name="Host">This machine's name: from where an action comes that came from nowhere else.</param>
internal sealed record RecordDefaults(string Source, string AccountId, string Region, string Host);
