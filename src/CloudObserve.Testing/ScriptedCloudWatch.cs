using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using CloudObserve.Testing.Services;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing;

/// <summary>Provides a CloudWatch server on the loopback interface that enforces AWS's rules and fails on demand.</summary>
/// <remarks>
/// <para>
/// It serves PutMetricData, PutLogEvents, CreateLogGroup, CreateLogStream, PutRetentionPolicy, PutMetricFilter, PutMetricAlarm,
/// PutCompositeAlarm, DescribeAlarms, DeleteAlarms, TagResource, UntagResource and ListTagsForResource over HTTP as AWS does: AWS JSON,
/// gzip for metrics, Signature Version 4 (which it verifies), AWS's limits and AWS's error codes. A log group or stream must be created
/// before it accepts events, by a request or by <see cref="CreateLogGroup"/>. Configure any AWS client with <see cref="Url"/>,
/// <see cref="AccessKeyId"/> and <see cref="SecretAccessKey"/>; any region works.
/// </para>
/// <example>
/// <code>
/// await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
/// aws.Script.Enqueue(Fault.Throttle(), Fault.CutAfterAcceptance());
/// // ... run the application against aws.Url ...
/// Assert.Equal(3, aws.Requests.Count);
/// Assert.Equal(100, aws.Series.Single().SampleCount);
/// </code>
/// </example>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class ScriptedCloudWatch : IAsyncDisposable
{
    /// <summary>The access key that requests must be signed with.</summary>
    public const string AccessKeyId = "AKIASCRIPTEDCLOUDWATCH";

    /// <summary>The secret key for <see cref="AccessKeyId"/>.</summary>
    public const string SecretAccessKey = "scripted-cloudwatch-secret";

    private readonly RequestJournal _requests = new();
    private readonly RequestSignatureCheck _signatures = new(AccessKeyId, SecretAccessKey);
    private readonly ConcurrentDictionary<string, bool> _denied = new(StringComparer.Ordinal);
    private readonly LogGroups _logGroups = new();
    private readonly ScriptedAlarms _alarms;
    private readonly PutMetricData _metrics;
    private readonly PutLogEvents _logs;
    private readonly IOperation[] _operations;
    private readonly LoopbackServer _server;
    private readonly TimeProvider _time;
    private long _unansweredLogEvents;
    private long _unansweredSamples;

    private ScriptedCloudWatch(TimeProvider time)
    {
        _time = time;
        _alarms = new ScriptedAlarms(time);
        _metrics = new PutMetricData(time);
        _logs = new PutLogEvents(_logGroups, time);
        _operations = [_metrics, _logs, new CreateLogGroup(_logGroups), new CreateLogStream(_logGroups),
            new PutRetentionPolicy(_logGroups), new PutMetricFilter(_logGroups), .. AlarmOperation.All(_alarms)];
        _server = new LoopbackServer(ServeAsync);
    }

    /// <summary>Gets the server's address.</summary>
    public Uri Url => _server.Url;

    /// <summary>Gets the script of faults for the next requests.</summary>
    public FaultScript Script { get; } = new();

    /// <summary>Gets all requests received so far in order of arrival, including those that were refused or cut off.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _requests.Snapshot();

    /// <summary>Gets every datum accepted so far, in order of acceptance.</summary>
    public IReadOnlyList<AcceptedDatum> Datums => _metrics.Accepted.Snapshot();

    /// <summary>Gets the accepted data, by metric.</summary>
    public IReadOnlyList<AcceptedSeries> Series => _metrics.Series();

    /// <summary>Gets or sets the predicate for datums that are refused although they follow the rules.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    /// <remarks>
    /// One such datum fails its whole request. A test uses it to plant the item that a sender must find by halving batches. It is called on
    /// the server's threads.
    /// </remarks>
    public Func<AcceptedDatum, bool>? Poison
    {
        get => _metrics.Poison;
        set => _metrics.Poison = value;
    }

    /// <summary>Gets every log event accepted so far, in order of acceptance.</summary>
    public IReadOnlyList<AcceptedLogEvent> LogEvents => _logGroups.Accepted.Snapshot();

    /// <summary>Gets the log groups in order of creation.</summary>
    public IReadOnlyList<CreatedLogGroup> LogGroups => _logGroups.All();

    /// <summary>Gets the metric filters.</summary>
    /// <remarks>The server stores them and does not evaluate them.</remarks>
    public IReadOnlyList<CreatedMetricFilter> MetricFilters => _logGroups.Filters();

    /// <summary>Gets the alarms, in the order of their names.</summary>
    /// <remarks>The server stores them and does not check or evaluate them.</remarks>
    public IReadOnlyList<CreatedAlarm> Alarms => _alarms.All();

    /// <summary>Gets or sets the predicate for log events that are refused although they follow the rules.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    /// <remarks>
    /// One such event fails its whole request. Works like <see cref="Poison"/> for datums. It is called on the server's threads.
    /// </remarks>
    public Func<AcceptedLogEvent, bool>? PoisonLogEvent
    {
        get => _logs.Poison;
        set => _logs.Poison = value;
    }

    /// <summary>Gets or sets a value indicating whether accepted data is kept for reading.</summary>
    /// <value>
    /// The default is <see langword="true"/>. When it is <see langword="false"/>, memory does not grow, so a server can run for hours.
    /// Accepted data is then passed only to <see cref="LogEventsAccepted"/> and <see cref="DatumsAccepted"/>.
    /// </value>
    public bool KeepsAccepted
    {
        get => _logGroups.Accepted.IsKept;
        set => _logGroups.Accepted.IsKept = _metrics.Accepted.IsKept = value;
    }

    /// <summary>Gets or sets the callback that receives the events of each accepted request.</summary>
    /// <value>The default is <see langword="null"/>: no callback.</value>
    /// <remarks>Called on the server's threads, one request at a time, in order of acceptance.</remarks>
    public Action<IReadOnlyList<AcceptedLogEvent>>? LogEventsAccepted
    {
        get => _logGroups.Accepted.Observer;
        set => _logGroups.Accepted.Observer = value;
    }

    /// <summary>Gets or sets the callback that receives the datums of each accepted request.</summary>
    /// <value>The default is <see langword="null"/>: no callback.</value>
    /// <remarks>Called like <see cref="LogEventsAccepted"/>.</remarks>
    public Action<IReadOnlyList<AcceptedDatum>>? DatumsAccepted
    {
        get => _metrics.Accepted.Observer;
        set => _metrics.Accepted.Observer = value;
    }

    /// <summary>
    /// Gets the number of log events that were accepted in requests whose answer was cut off (<see cref="Fault.CutAfterAcceptance"/>).
    /// </summary>
    /// <value>The upper limit of duplicates that a sender may cause, because it cannot know that the request was accepted.</value>
    public long UnansweredLogEvents => Interlocked.Read(ref _unansweredLogEvents);

    /// <summary>
    /// Gets the number of samples that were accepted in requests whose answer was cut off (<see cref="Fault.CutAfterAcceptance"/>).
    /// </summary>
    /// <value>The same limit as <see cref="UnansweredLogEvents"/>, for samples.</value>
    public long UnansweredSamples => Interlocked.Read(ref _unansweredSamples);

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="time">
    /// The clock for the limits on timestamps and for the <c>Date</c> header of answers; <see langword="null"/> is the system's clock.
    /// </param>
    /// <returns>The server, which is already listening. Dispose it to close all connections.</returns>
    public static ScriptedCloudWatch Start(TimeProvider? time = null) => new(time ?? TimeProvider.System);

    /// <summary>Creates a log group that exists before the first request.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="streams">The names of its log streams.</param>
    /// <exception cref="InvalidOperationException">The group exists already, or two streams have the same name.</exception>
    public void CreateLogGroup(string name, params ReadOnlySpan<string> streams)
    {
        try
        {
            _logGroups.Create(name, "STANDARD", null, new Dictionary<string, string>());
            foreach (string stream in streams)
            {
                _logGroups.CreateStream(name, stream);
            }
        }
        catch (ServiceFault exists)
        {
            throw new InvalidOperationException(exists.Message, exists);
        }
    }

    /// <summary>Denies an operation: requests for it are answered with <c>AccessDeniedException</c>, which names the IAM action.</summary>
    /// <param name="operation">The operation, such as <c>CreateLogGroup</c>.</param>
    public void Deny(string operation) => _denied[operation] = true;

    /// <summary>Allows an operation again that <see cref="Deny"/> denied.</summary>
    /// <param name="operation">The operation, such as <c>CreateLogGroup</c>.</param>
    public void Allow(string operation) => _denied.TryRemove(operation, out _);

    /// <summary>Waits until a number of requests have arrived since the start, so that a test need not poll or sleep.</summary>
    /// <param name="count">The number of requests. Served, refused and cut requests all count.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that completes when the requests have been read. They may not have been answered yet.</returns>
    public Task WhenRequestsAsync(int count, CancellationToken cancellationToken = default) =>
        _requests.WhenCountAsync(count).WaitAsync(cancellationToken);

    /// <summary>Closes all connections and stops listening.</summary>
    /// <remarks>Accepted data stays readable.</remarks>
    /// <returns>A task that completes when all handlers have ended.</returns>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<byte[]?> ServeAsync(HttpRequestData request, CancellationToken closing)
    {
        Fault? fault = Script.Take();
        string target = request.Header("X-Amz-Target");
        byte[]? body = TryDecompress(request);
        _requests.Add(new ReceivedRequest(
            target[(target.LastIndexOf('.') + 1)..], request.Headers, request.Body.Length, body?.Length ?? request.Body.Length, fault));
        if (fault?.Until is { } release)
        {
            await release.WaitAsync(closing).ConfigureAwait(false);
        }

        if (fault is { CutsBefore: true })
        {
            return null;
        }

        IOperation? operation = Array.Find(_operations, o => $"{o.Protocol.TargetPrefix}.{o.Name}" == target);
        ScriptedAnswer answer = fault?.Answer ?? Answer(operation, request, body, fault?.InvalidMember);
        if (fault is { CutsAfter: true })
        {
            _ = Interlocked.Add(ref operation == _logs ? ref _unansweredLogEvents : ref _unansweredSamples, answer.Count);
            return null;
        }

        return HttpWriter.Encode(answer, operation?.Protocol, _time.GetUtcNow());
    }

    private ScriptedAnswer Answer(IOperation? operation, HttpRequestData request, byte[]? body, int? invalidMember)
    {
        try
        {
            if (operation is null || request.Method != "POST")
            {
                throw new ServiceFault(404, "UnknownOperationException", "The operation is not known.");
            }

            _signatures.Verify(request, operation.Protocol.SigningName);
            CheckPermission(operation);
            if (request.Header("Content-Type") != operation.Protocol.ContentType || body is null)
            {
                throw new ServiceFault(
                    400, "MalformedHttpRequestException", "The content type or the content encoding is not what it should be.");
            }

            // Both the compressed and the decompressed size are checked, because the documentation does not say which one counts.
            if (request.Body.Length > operation.Protocol.MaxBodyBytes || body.Length > operation.Protocol.MaxBodyBytes)
            {
                throw new ServiceFault(413, "RequestEntityTooLargeException", "The request body is larger than 1 MB.");
            }

            using JsonDocument document = JsonDocument.Parse(body);
            Served served = operation.Serve(document.RootElement, invalidMember);
            return ScriptedAnswer.Empty with { Content = served.Content, Count = served.Count };
        }
        catch (ServiceFault exception)
        {
            return exception.Answer;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return new ScriptedAnswer(400, "SerializationException", exception.Message);
        }
    }

    private void CheckPermission(IOperation operation)
    {
        if (_denied.ContainsKey(operation.Name))
        {
            string action = $"{operation.Protocol.IamPrefix}:{operation.Name}";
            throw new ServiceFault(
                400, "AccessDeniedException",
                $"User: arn:aws:iam::123456789012:user/test is not authorized to perform: {action} on resource: *");
        }
    }

    private static byte[]? TryDecompress(HttpRequestData request)
    {
        if (request.Header("Content-Encoding") is not { Length: > 0 } encoding)
        {
            return request.Body;
        }

        try
        {
            using GZipStream gzip = new(new MemoryStream(request.Body), CompressionMode.Decompress);
            using MemoryStream plain = new();
            gzip.CopyTo(plain);
            return encoding == "gzip" ? plain.ToArray() : null;
        }
        catch (InvalidDataException)
        {
            // The caller answers as AWS does to invalid gzip data.
            return null;
        }
    }
}
