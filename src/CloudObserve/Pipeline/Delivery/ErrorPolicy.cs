using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>The reaction to a class of errors.</summary>
/// <param name="Retried">Whether the same batch may succeed later.</param>
/// <param name="BaseDelay">The pause after the first failure; it doubles with each further failure.</param>
internal readonly record struct ErrorPolicy(bool Retried, TimeSpan BaseDelay)
{
    /// <summary>Returns the policy for an error class.</summary>
    internal static ErrorPolicy For(ErrorClass error) => error switch
    {
        // A quick retry does not help a throttled or struggling service.
        ErrorClass.Throttled => new(true, TimeSpan.FromSeconds(2)),
        ErrorClass.Unavailable => new(true, TimeSpan.FromSeconds(1)),

        // Each retry after an ambiguous outcome may deliver twice, so it is not quick either.
        ErrorClass.Ambiguous => new(true, TimeSpan.FromSeconds(2)),

        // The sink has usually just created the missing resource, which only has to become visible.
        ErrorClass.MissingResource => new(true, TimeSpan.FromMilliseconds(200)),

        // Only a person or a credential rotation corrects this.
        ErrorClass.Unauthorized => new(true, TimeSpan.FromSeconds(30)),
        _ => new(false, TimeSpan.Zero),
    };
}
