namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Specifies how an alarm treats periods without data.</summary>
internal enum MissingDataTreatment
{
    Missing,
    Ignore,
    Breaching,
    NotBreaching,
}
