namespace CloudObserve.Cli.Costs;

/// <summary>Specifies the origin of a quantity.</summary>
internal enum UsageOrigin
{
    /// <summary>The user specified it.</summary>
    Given,

    /// <summary>A run measured it, and the estimate extrapolates the run to a month.</summary>
    Measured,

    /// <summary>It is estimated from other quantities.</summary>
    Estimated,
}
