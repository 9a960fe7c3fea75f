namespace CloudObserve.Monitoring;

/// <summary>Explains an evaluation of a metric alarm.</summary>
/// <param name="State">The state that follows from the evaluation.</param>
/// <param name="Summary">The rule that decided, in a sentence. Further ones tell about units of the data that the alarm mixes or does
/// not use.</param>
/// <param name="Needed">The changes that would lead to another state, in a sentence for each.</param>
/// <param name="Periods">The periods that the evaluation read, the newest first.</param>
public sealed record AlarmExplanation(
    AlarmState State, string Summary, IReadOnlyList<string> Needed, IReadOnlyList<AlarmExplanationPeriod> Periods);
