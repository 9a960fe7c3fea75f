namespace CloudObserve.Pipeline.Delivery;

/// <summary>What is done about a class of errors.</summary>
/// <param name="Retried">Whether the same batch may succeed later.</param>
/// <param name="BaseDelay">The pause after the first failure; it doubles with each further one.</param>
internal readonly record struct ErrorPolicy(bool Retried, TimeSpan BaseDelay)
{
    /// <summary>The one table of policies.</summary>
    internal static ErrorPolicy For(ErrorClass error) => error switch
    {
        // A throttled or struggling service is not helped by a quick second try.
        ErrorClass.Throttled => new(true, TimeSpan.FromSeconds(2)),
        ErrorClass.Unavailable => new(true, TimeSpan.FromSeconds(1)),

        // Each retry of an ambiguous outcome may deliver twice, so it is not hurried either.
        ErrorClass.Ambiguous => new(true, TimeSpan.FromSeconds(2)),

        // The sink has usually just created what was missing; it only has to become visible.
        ErrorClass.MissingResource => new(true, TimeSpan.FromMilliseconds(200)),

        // Only a person or a credential rotation mends this.
        ErrorClass.Unauthorized => new(true, TimeSpan.FromSeconds(30)),
        _ => new(false, TimeSpan.Zero),
    };
}
