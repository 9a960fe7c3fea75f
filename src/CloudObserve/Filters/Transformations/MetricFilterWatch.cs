using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudObserve.Filters.Transformations;

/// <summary>Updates the active metric filters when the configuration changes.</summary>
/// <remarks>
/// An invalid configuration changes nothing. All options are created and validated again as at start, including configuration steps in
/// code. Only the metric filters can change while the application runs.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class MetricFilterWatch : IDisposable
{
    private readonly Func<MetricFilterDefinition[]> _read;
    private readonly MetricFilterProvisioner _provisioner;
    private readonly ILogger _logger;
    private readonly IDisposable? _subscription;
    private readonly Lock _lock = new();

    // All four fields are guarded by _lock. Code of the application and loggers are called outside of the lock.
    private MetricFilterDefinition[] _inForce;
    private string? _rejected;
    private long _changes;
    private long _lastApplied;

    // For each filter that was put at start, the log groups where that failed.
    private IReadOnlyDictionary<string, IReadOnlyList<string>> _put = new Dictionary<string, IReadOnlyList<string>>();

    /// <param name="evaluator">Evaluates the active filters.</param>
    /// <param name="initial">The filters at start.</param>
    /// <param name="read">Creates the filters from the configuration as it is now. May throw.</param>
    /// <param name="reloads">Returns a token of the next change of the configuration; <see langword="null"/> without one.</param>
    /// <param name="provisioner">Puts the filters that CloudWatch Logs is to evaluate.</param>
    /// <param name="logger">Receives messages.</param>
    internal MetricFilterWatch(
        MetricFilterEvaluator evaluator,
        MetricFilterDefinition[] initial,
        Func<MetricFilterDefinition[]> read,
        Func<IChangeToken>? reloads,
        MetricFilterProvisioner provisioner,
        ILogger logger)
    {
        Evaluator = evaluator;
        _inForce = initial;
        _read = read;
        _provisioner = provisioner;
        _logger = logger;
        evaluator.Use(initial);
        _subscription = reloads is null ? null : ChangeToken.OnChange(reloads, Change);
    }

    internal MetricFilterEvaluator Evaluator { get; }

    /// <summary>Gets the names of the filters that CloudWatch Logs evaluates in all of their groups, instead of this process.</summary>
    internal IReadOnlyList<string> Provisioned
    {
        get
        {
            lock (_lock)
            {
                return [.. _inForce.Select(d => d.Name)
                    .Where(n => _put.TryGetValue(n, out IReadOnlyList<string>? failed) && failed.Count == 0)];
            }
        }
    }

    /// <summary>Puts the filters that CloudWatch Logs is to evaluate.</summary>
    /// <remarks>Until the result is known, this process evaluates all filters.</remarks>
    internal async Task PutAsync(CancellationToken cancellationToken)
    {
        MetricFilterDefinition[] wanted;
        lock (_lock)
        {
            wanted = [.. _inForce.Where(d => d.Options.Provision)];
        }

        if (wanted.Length == 0)
        {
            return;
        }

        IReadOnlyDictionary<string, IReadOnlyList<string>> put =
            await _provisioner.PutAsync(wanted, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _put = put;
            Evaluator.Use(LeftHere_NeedsLock(_inForce));
        }
    }

    public void Dispose() => _subscription?.Dispose();

    private void Change()
    {
        // Changes may arrive on several threads at once. A configuration that was read earlier must not replace one that was read later.
        long number = Interlocked.Increment(ref _changes);
        try
        {
            Use(number, _read());
        }
        catch (OptionsValidationException exception)
        {
            Reject(number, string.Join("; ", exception.Failures));
        }
        catch (Exception exception)
        {
            // For example, text where a number is expected, or an exception in the application's configuration code. It must not reach the
            // code that reloads the configuration.
            Reject(number, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    // Configuration is reloaded for many reasons. Mostly the filters do not change.
    private void Use(long number, MetricFilterDefinition[] definitions)
    {
        string[] provisioned;
        lock (_lock)
        {
            bool isSame = definitions.Length == _inForce.Length && definitions.All(d => Array.Exists(_inForce, d.IsSameAs));
            if (!IsLatest_NeedsLock(number, rejected: null) || isSame)
            {
                return;
            }

            provisioned = [.. definitions.Where(d => d.Options.Provision && !Array.Exists(_inForce, d.IsSameAs)).Select(d => d.Name)];
            _inForce = definitions;
            Evaluator.Use(LeftHere_NeedsLock(definitions));
        }

        Array.ForEach(provisioned, _logger.ProvisionedFilterChanged);
        _logger.FiltersChanged(definitions.Length);
    }

    private void Reject(long number, string faults)
    {
        int inForce;
        lock (_lock)
        {
            bool isNews = faults != _rejected;
            if (!IsLatest_NeedsLock(number, faults) || !isNews)
            {
                return;
            }

            inForce = _inForce.Length;
        }

        _logger.FiltersRejected(inForce, faults);
    }

    private bool IsLatest_NeedsLock(long number, string? rejected)
    {
        bool isLatest = number > _lastApplied;
        (_lastApplied, _rejected) = isLatest ? (number, rejected) : (_lastApplied, _rejected);
        return isLatest;
    }

    // CloudWatch Logs evaluates some filters. Evaluating them here too would count their events twice.
    private MetricFilterDefinition[] LeftHere_NeedsLock(MetricFilterDefinition[] definitions) =>
    [
        .. definitions.Where(d => !_put.TryGetValue(d.Name, out IReadOnlyList<string>? failed) || failed.Count > 0)
            .Select(d => _put.TryGetValue(d.Name, out IReadOnlyList<string>? failed) ? d.For(failed) : d),
    ];
}
