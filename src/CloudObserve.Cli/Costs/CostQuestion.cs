namespace CloudObserve.Cli.Costs;

/// <summary>Holds the input of an estimate.</summary>
/// <remarks>A null value is derived from the run, or is not part of the bill.</remarks>
internal sealed record CostQuestion
{
    internal long? Series { get; init; }

    internal TimeSpan PublishInterval { get; init; }

    internal decimal? RequestsPerMinute { get; init; }

    internal decimal? LogGigabytes { get; init; }

    internal bool InfrequentAccess { get; init; }

    internal int? RetentionDays { get; init; }

    internal int Instances { get; init; }

    internal int EventBytes { get; init; }

    internal bool FreeTier { get; init; }

    internal CapturedRun? Run { get; init; }

    internal TimeSpan? RunTime { get; init; }
}
