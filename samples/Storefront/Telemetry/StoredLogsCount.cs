namespace Storefront.Telemetry;

/// <summary>What was read back of the logs: how many events, how many different ones, and how many that are older than the one before them in their stream.</summary>
internal readonly record struct StoredLogsCount(long Events, long Distinct, long OutOfOrder);
