namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Puts alarms into CloudWatch.</summary>
internal interface IAlarmProvisioner
{
    /// <summary>Puts alarms, and tells in the log what was not put and why.</summary>
    /// <param name="alarms">The alarms. Their actions are ARNs.</param>
    /// <param name="cancellationToken">Ends the operation.</param>
    /// <returns>The names of the alarms that are in CloudWatch as they are defined. They need no evaluation in this process. The task never
    /// fails; if it was cancelled, the result has what was put until then.</returns>
    Task<IReadOnlySet<string>> PutAsync(AlarmDefinitions alarms, CancellationToken cancellationToken);
}
