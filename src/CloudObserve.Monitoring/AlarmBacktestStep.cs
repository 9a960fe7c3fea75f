namespace CloudObserve.Monitoring;

/// <summary>Represents one evaluation of a backtest.</summary>
/// <param name="Time">The time of the evaluation. It sees the periods that ended by then.</param>
/// <param name="State">The state after the evaluation.</param>
/// <param name="Transition">The change of state; <see langword="null"/> if the state did not change.</param>
public readonly record struct AlarmBacktestStep(DateTimeOffset Time, AlarmState State, AlarmTransition? Transition);
