namespace CloudObserve.Cli.Costs;

/// <summary>How much is known about a quantity.</summary>
internal enum UsageOrigin
{
    /// <summary>The user said so.</summary>
    Given,

    /// <summary>A run counted it, and the month is that run over and over.</summary>
    Measured,

    /// <summary>It follows from other quantities and a rule of thumb.</summary>
    Estimated,
}
