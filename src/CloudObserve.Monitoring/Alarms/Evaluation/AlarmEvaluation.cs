namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Represents the result of one evaluation.</summary>
/// <param name="State">The state that follows.</param>
/// <param name="Present">The number of datapoints that were used, at most N.</param>
/// <param name="Breaching">The number of those that breach.</param>
/// <param name="Filled">The number of missing datapoints that were filled: N minus <paramref name="Present"/>.</param>
/// <param name="OldestBreachingAge">The age of the oldest used breaching datapoint in periods, counted from 1; 0 if there is none.</param>
/// <param name="HasTooFewSamples">Whether the state was kept because the datapoints have too few samples.</param>
internal readonly record struct AlarmEvaluation(
    AlarmState State, int Present, int Breaching, int Filled, int OldestBreachingAge, bool HasTooFewSamples);
