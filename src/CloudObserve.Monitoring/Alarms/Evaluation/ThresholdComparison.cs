namespace CloudObserve.Monitoring.Alarms.Evaluation;

/// <summary>Specifies how an alarm compares a value. The names are CloudWatch's comparison operators.</summary>
internal enum ThresholdComparison
{
    GreaterThanThreshold,
    GreaterThanOrEqualToThreshold,
    LessThanThreshold,
    LessThanOrEqualToThreshold,
    GreaterThanUpperThreshold,
    LessThanLowerThreshold,
    LessThanLowerOrGreaterThanUpperThreshold,
}
