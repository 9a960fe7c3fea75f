using CloudObserve.Monitoring.Alarms.Aws;
using CloudObserve.Sinks.CloudWatch;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Puts alarms into CloudWatch.</summary>
/// <remarks>
/// It reads the alarms first, so that an alarm that is there as defined is not put again, and a difference is told before it is replaced.
/// An attempt whose outcome is the same as that of the last one tells nothing.
/// </remarks>
/// <param name="options">The region, the endpoint and the credentials.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives what became of the alarms.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class AlarmProvisioner(AwsOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>The time limit of an attempt.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string _told = "";

    /// <summary>Makes an attempt to put alarms.</summary>
    /// <param name="set">The alarms.</param>
    /// <param name="earlier">The alarms that were put before, those that others use first. Those that are not in the set are told, or
    /// deleted.</param>
    /// <param name="deletes">Whether they are deleted.</param>
    /// <param name="cancellationToken">Ends the operation.</param>
    /// <returns>What became of the alarms. The task never fails; if it was cancelled, the result has what was put until then.</returns>
    internal async Task<ProvisioningOutcome> PutAsync(
        ProvisionedSet set, IReadOnlyList<RecordedAlarm> earlier, bool deletes, CancellationToken cancellationToken)
    {
        ProvisioningOutcome outcome = new(set.Unsupported);
        using AwsServiceClient client = new(ServiceProtocol.CloudWatch, options, time);
        try
        {
            ProvisioningRun run = new(new PatientCaller(client, time), outcome, new AlarmChangeLookup(options, time), time);
            await run.PutAsync(set, earlier, deletes, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops. What was put is in the outcome.
        }
        catch (Exception exception)
        {
            // Nothing that goes wrong here stops the application. The alarms are evaluated in the process.
            outcome.AddFault(set.Count - set.Unsupported.Count - outcome.Present.Count, exception);
        }

        _told = outcome.Tell(logger, Patience, _told);
        return outcome;
    }
}
