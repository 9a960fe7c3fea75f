using System.Diagnostics.Metrics;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Notifications;
using CloudObserve.Monitoring.Alarms.Provisioning;
using CloudObserve.Monitoring.Alarms.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Runs the alarms of a host: starts them, follows changes of the configuration, and stops them.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class MonitoringRuntime : IAsyncDisposable
{
    private static readonly TimeSpan MaxReplay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxDispose = TimeSpan.FromSeconds(5);

    private readonly AlarmSetReader _reader;
    private readonly AlarmAccount _account;
    private readonly IConfiguration? _configuration;

    // Replays the data of earlier processes; null if none is kept. Nothing else here needs the delivery, whose start takes time.
    private readonly ICloudObserve? _replay;
    private readonly CloudObserveOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly AlarmInstruments _instruments;
    private readonly AlarmEngine _engine;
    private readonly AlarmLoop _loop;
    private readonly HandlerTarget[] _handlers;
    private readonly TopicReader _topicReader;
    private readonly TopicTarget _topics;
    private readonly TimeSpan _provisionTimeout;
    private readonly AlarmProvisioning? _provisioning;

    // The alarms that CloudWatch has, and the topics that were told to be reached only in part.
    private volatile IReadOnlySet<string> _provisioned = new HashSet<string>();
    private string _partlyReached = "";

    // The definitions in use. Only the thread that defines them changes it.
    private AlarmSet _present = new();
    private IDisposable? _changes;
    private int _pendingChanges;
    private int _isStarted;
    private int _isClosed;

    internal MonitoringRuntime(IServiceProvider services)
    {
        MonitoringOptions options = services.GetRequiredService<IOptions<MonitoringOptions>>().Value;
        _options = services.GetRequiredService<IOptions<CloudObserveOptions>>().Value;
        _configuration = services.GetService<IConfiguration>();
        _replay = _options.Local.Directory is null ? null : services.GetRequiredService<ICloudObserve>();
        _timeProvider = services.GetRequiredService<TimeProvider>();
        _logger = new GuardedLogger(services.GetService<ILoggerFactory>()?.CreateLogger(Log.Category) ?? NullLogger.Instance);
        _account = new AlarmAccount(options.Region, options.AccountId);
        MonitoringDefinitions definitions = services.GetRequiredService<MonitoringDefinitions>();
        _reader = new AlarmSetReader(definitions, _configuration, _account);
        _topicReader = new TopicReader(definitions, _configuration);
        Table = new AlarmTable(_account, options.MaxHistoryBytes);
        _instruments = new AlarmInstruments(services.GetService<IMeterFactory>(), Table);
        IServiceScopeFactory scopes = services.GetRequiredService<IServiceScopeFactory>();
        _handlers =
        [
            .. services.GetServices<NotificationHandlerType>().Select(handler => new HandlerTarget(
                scopes, handler.Type, options.HandlerTimeout, _timeProvider, _logger, _instruments.NotificationFailed)),
        ];
        _topics = services.GetRequiredService<TopicTarget>();
        INotificationTarget[] targets = [.. _handlers, _topics];
        _topics.Attach(() => services.GetRequiredKeyedService<IDeliveryChannel>(TopicTarget.ChannelName), _logger);
        string? directory = StateDirectory(services);
        _provisionTimeout = options.ProvisionTimeout;
        if (options.Provision)
        {
            AwsOptions aws = services.GetRequiredService<IOptions<AwsOptions>>().Value;
            _provisioning = new AlarmProvisioning(
                new AlarmProvisioner(aws, _timeProvider, _logger), new ProvisionedFile(directory, _logger), options.DeleteRemovedAlarms,
                Provisioned, _timeProvider);
        }

        EmbeddedCloudWatch cloudWatch = services.GetRequiredService<EmbeddedCloudWatch>();
        _engine = new AlarmEngine(
            cloudWatch,
            _timeProvider,
            Table,
            directory,
            changed => new NotificationDispatcher(targets, Table, _timeProvider, changed),
            _instruments,
            _logger);
        _loop = new AlarmLoop(_engine, _timeProvider, _logger);
        Alarms = new AlarmService(Table, _engine, _loop.Wake, cloudWatch, _timeProvider);
    }

    /// <summary>Gets the operations on alarms.</summary>
    internal IAlarms Alarms { get; }

    /// <summary>Gets the alarms.</summary>
    internal AlarmTable Table { get; }

    /// <summary>Gets the task that completes when the evaluations have begun.</summary>
    internal Task Started { get; private set; } = Task.CompletedTask;

    /// <summary>Returns the names of all alarms that are defined now, sorted.</summary>
    internal IEnumerable<string> DefinedNames() => _reader.Read().Set.Names.Order(StringComparer.Ordinal);

    /// <summary>Starts the alarms. A further call does nothing.</summary>
    /// <exception cref="OptionsValidationException">A definition has a fault.</exception>
    internal void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 1)
        {
            return;
        }

        (AlarmSet set, List<AlarmFault> faults) = _reader.Read();
        faults.AddRange(AlarmDefinitionRules.Faults(set, _account));
        (Dictionary<string, Topic> topics, List<TopicFault> topicFaults) = _topicReader.Read();
        string[] all = [.. faults.Select(_reader.Describe).Concat(topicFaults.Select(static fault => fault.Text)).Distinct()];
        if (all.Length > 0)
        {
            throw new MonitoringFaultsException(all);
        }

        _present = set;
        _topics.Define(topics);
        _engine.Open();
        _ = _engine.Define(set, _provisioned, settles: _provisioning is null);
        Provision(set);
        if (_configuration is not null)
        {
            _changes = ChangeToken.OnChange(_configuration.GetReloadToken, Reload);
        }

        if (set.Names.Count > 0 && _provisioning is null)
        {
            WarnWithoutData();
        }

        if (_replay is null && _provisioning is null)
        {
            _loop.Start();
        }
        else
        {
            Started = Background.Start(BeginAsync);
        }
    }

    /// <summary>Stops the alarms. A further call does nothing.</summary>
    /// <param name="deadline">Ends the waits.</param>
    internal async Task CloseAsync(CancellationToken deadline)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
        {
            return;
        }

        _changes?.Dispose();
        if (_provisioning is not null)
        {
            await _provisioning.CloseAsync(deadline).ConfigureAwait(false);
        }

        if (!await _loop.CloseAsync(deadline).ConfigureAwait(false))
        {
            _logger.AlarmsNotStopped();
        }

        await Task.WhenAll(_handlers.Select(handler => handler.CloseAsync(deadline))).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource deadline = new(MaxDispose, _timeProvider);
        await CloseAsync(deadline.Token).ConfigureAwait(false);

        // The delivery of notifications ends after the alarms. What it delivers until then must be stored as delivered.
        _engine.Dispose();
        _instruments.Dispose();
        _loop.Dispose();
        _provisioning?.Dispose();
        Array.ForEach(_handlers, static handler => handler.Dispose());
    }

    // CloudWatch and this process must not both tell of the same change.
    private async Task BeginAsync()
    {
        if (_replay is not null)
        {
            await WaitForReplayAsync(_replay).ConfigureAwait(false);
        }

        if (_provisioning is not null)
        {
            await _provisioning.FirstAttempt.WaitAsync(_provisionTimeout, _timeProvider)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_provisioning.FirstAttempt.IsCompleted)
            {
                _logger.AlarmsNotProvisioned(_provisionTimeout);
            }

            (int ok, int alarm, int insufficientData) = Table.Totals;
            if (ok + alarm + insufficientData > 0)
            {
                WarnWithoutData();
            }
        }

        _loop.Start();
    }

    // Alarms that are evaluated here read the embedded CloudWatch.
    private void WarnWithoutData()
    {
        if (_options is { Destination: Destination.Aws, Local.Copy: false })
        {
            _logger.AlarmsWithoutData();
        }
    }

    // What earlier processes stored must be readable before the first evaluation. Otherwise a restart would change states.
    private async Task WaitForReplayAsync(ICloudObserve replay)
    {
        try
        {
            using CancellationTokenSource limit = new(MaxReplay, _timeProvider);
            FlushResult result = await replay.FlushAsync(limit.Token).ConfigureAwait(false);
            if (!result.Completed)
            {
                _logger.AlarmsBeforeReplay();
            }
        }
        catch (Exception exception)
        {
            _logger.AlarmRoundFailed(exception);
        }
    }

    private void Provision(AlarmSet set)
    {
        if (_provisioning is null)
        {
            return;
        }

        ProvisionedActions actions = new(_account, _topics.Topics);
        _provisioning.Request(ProvisionedSet.Of(
            new AlarmDefinitions { MetricAlarms = [.. set.Metric.Values], CompositeAlarms = [.. set.Composite.Values] }, actions.Of));
        string topics = string.Join(", ", actions.PartlyReached);
        if (topics != _partlyReached)
        {
            _partlyReached = topics;
            _logger.TopicsPartlyReached(topics);
        }
    }

    private void Provisioned(IReadOnlySet<string> present, int failed)
    {
        _instruments.PutFailed(failed);
        if (!_provisioned.SetEquals(present))
        {
            _provisioned = present;
            Reload();
        }
    }

    // One call at a time reads the definitions; a change during it is read after it.
    private void Reload()
    {
        if (Interlocked.Increment(ref _pendingChanges) > 1)
        {
            return;
        }

        int seen;
        do
        {
            seen = Volatile.Read(ref _pendingChanges);
            try
            {
                Redefine();
            }
            catch (Exception exception)
            {
                // The configuration's providers are the application's. The present definitions go on.
                _logger.AlarmDefinitionRefused($"{exception.GetType().Name}: {exception.Message}");
            }
        }
        while (Interlocked.CompareExchange(ref _pendingChanges, 0, seen) != seen);
    }

    private void Redefine()
    {
        RedefineTopics();
        (AlarmSet wanted, List<AlarmFault> faults) = _reader.Read();
        foreach (AlarmFault fault in faults)
        {
            Keep(wanted, fault);
        }

        faults.AddRange(AlarmDefinitionRules.Repair(_present, wanted, _account));
        _present = wanted;
        int changes = _engine.Define(wanted, _provisioned, settles: _provisioning is null or { FirstAttempt.IsCompleted: true });
        Provision(wanted);
        if (changes > 0)
        {
            _logger.AlarmsDefined(changes);
        }

        foreach (string fault in faults.Select(_reader.Describe).Distinct())
        {
            _logger.AlarmDefinitionRefused(fault);
        }

        _loop.Wake();
    }

    // A topic with a fault keeps the targets that it has, or does not come to exist.
    private void RedefineTopics()
    {
        (Dictionary<string, Topic> topics, List<TopicFault> faults) = _topicReader.Read();
        foreach (string name in faults.Select(static fault => fault.Topic).Distinct())
        {
            _ = topics.Remove(name);
            if (_topics.Topics.TryGetValue(name, out Topic? present))
            {
                topics.Add(name, present);
            }
        }

        _topics.Define(topics);
        foreach (TopicFault fault in faults)
        {
            _logger.TopicRefused(fault.Text);
        }
    }

    // A definition that cannot be read is not the same as one that is gone.
    private void Keep(AlarmSet wanted, AlarmFault fault)
    {
        if (!fault.IsMuteRule)
        {
            wanted.Restore(fault.Name, _present);
        }
        else if (_present.MuteRules.TryGetValue(fault.Name, out AlarmMuteRule? rule))
        {
            wanted.MuteRules[fault.Name] = rule;
        }
    }

    private string? StateDirectory(IServiceProvider services)
    {
        string root = Path.GetFullPath(services.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory);
        return _options.Local.Directory is { } directory ? Path.Combine(Path.GetFullPath(directory, root), "alarms") : null;
    }
}
