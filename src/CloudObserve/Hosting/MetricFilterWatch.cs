using CloudObserve.Diagnostics;
using CloudObserve.Filters.Transformations;
using CloudObserve.Logs.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudObserve.Hosting;

/// <summary>Keeps the metric filters in force what the configuration says. What is no valid configuration changes nothing.</summary>
/// <remarks>All options are made and checked anew, code steps included, as at start; of them only the filters may change while the application runs.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class MetricFilterWatch : IDisposable
{
    private readonly LogIdentity _identity;
    private readonly IOptionsFactory<CloudObserveOptions> _options;
    private readonly ILogger _logger;
    private readonly IDisposable? _subscription;
    private readonly Lock _changing = new();

    // Both guarded by the lock.
    private MetricFilterDefinition[] _inForce;
    private string? _rejected;

    internal MetricFilterWatch(
        MetricFilterGate gate,
        LogIdentity identity,
        CloudObserveOptions initial,
        IOptionsFactory<CloudObserveOptions> options,
        IConfiguration? configuration,
        ILoggerFactory loggers)
    {
        Gate = gate;
        _identity = identity;
        _options = options;
        _logger = loggers.CreateLogger(Log.HostCategory);
        _inForce = DefinitionsOf(initial);
        gate.Use(_inForce);
        _subscription = configuration is null ? null : ChangeToken.OnChange(configuration.GetReloadToken, Change);
    }

    internal MetricFilterGate Gate { get; }

    public void Dispose() => _subscription?.Dispose();

    private void Change()
    {
        lock (_changing)
        {
            try
            {
                Use_NeedsLock(DefinitionsOf(_options.Create(Options.DefaultName)));
            }
            catch (OptionsValidationException invalid)
            {
                Reject_NeedsLock(string.Join("; ", invalid.Failures));
            }
            catch (Exception unreadable)
            {
                // Text where a number belongs, or a step of the application's code that throws. Whoever reloads the configuration is not to suffer for it.
                Reject_NeedsLock($"{unreadable.GetType().Name}: {unreadable.Message}");
            }
        }
    }

    // Configuration is reloaded for many reasons, and mostly the filters stay what they were.
    private void Use_NeedsLock(MetricFilterDefinition[] definitions)
    {
        _rejected = null;
        bool isSame = definitions.Length == _inForce.Length && definitions.All(d => Array.Exists(_inForce, d.IsSameAs));
        if (!isSame)
        {
            _inForce = definitions;
            Gate.Use(definitions);
            _logger.FiltersChanged(definitions.Length);
        }
    }

    private void Reject_NeedsLock(string faults)
    {
        if (faults != _rejected)
        {
            _rejected = faults;
            _logger.FiltersRejected(_inForce.Length, faults);
        }
    }

    private MetricFilterDefinition[] DefinitionsOf(CloudObserveOptions options) =>
        [.. options.MetricFilters.Select(filter => MetricFilterDefinition.Create(filter.Key, filter.Value, _identity))];
}
