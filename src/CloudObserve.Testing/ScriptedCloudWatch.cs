using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using CloudObserve.Testing.Services;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing;

/// <summary>A CloudWatch on the loopback interface that keeps AWS's rules and fails as a test tells it to.</summary>
/// <remarks>
/// <para>
/// It speaks PutMetricData, PutLogEvents, CreateLogGroup, CreateLogStream, PutRetentionPolicy and PutMetricFilter over HTTP as AWS does: AWS JSON, gzip for metrics,
/// Signature Version 4 (which it verifies), AWS's limits and AWS's error codes. A log group or stream has to be created before it takes events,
/// by a request or by <see cref="CreateLogGroup"/>. Point any AWS client at <see cref="Url"/> with <see cref="AccessKeyId"/> and
/// <see cref="SecretAccessKey"/>; the region is free to choose.
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

    /// <summary>The secret that belongs to <see cref="AccessKeyId"/>.</summary>
    public const string SecretAccessKey = "scripted-cloudwatch-secret";

    private readonly RequestJournal _requests = new();
    private readonly SignatureCheck _signatures = new(AccessKeyId, SecretAccessKey);
    private readonly ConcurrentDictionary<string, bool> _denied = new(StringComparer.Ordinal);
    private readonly LogGroups _logGroups = new();
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
        _metrics = new PutMetricData(time);
        _logs = new PutLogEvents(_logGroups, time);
        _operations = [_metrics, _logs, new CreateLogGroup(_logGroups), new CreateLogStream(_logGroups), new PutRetentionPolicy(_logGroups), new PutMetricFilter(_logGroups)];
        _server = new LoopbackServer(ServeAsync);
    }

    /// <summary>Gets the server's address.</summary>
    public Uri Url => _server.Url;

    /// <summary>Gets what happens to the requests to come.</summary>
    public FaultScript Script { get; } = new();

    /// <summary>Gets every request that arrived so far, also those that were refused or cut, in order of arrival.</summary>
    public IReadOnlyList<ReceivedRequest> Requests => _requests.Snapshot();

    /// <summary>Gets every datum accepted so far, in order of acceptance.</summary>
    public IReadOnlyList<AcceptedDatum> Datums => _metrics.Accepted.Snapshot();

    /// <summary>Gets what was accepted, by metric.</summary>
    public IReadOnlyList<AcceptedSeries> Series => _metrics.Series();

    /// <summary>Gets or sets which datums are refused, although they keep the rules. One of them fails its whole request.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    /// <remarks>This is how a test plants the item that a sender has to find by halving. Called on the server's threads.</remarks>
    public Func<AcceptedDatum, bool>? Poison
    {
        get => _metrics.Poison;
        set => _metrics.Poison = value;
    }

    /// <summary>Gets every log event accepted so far, in order of acceptance.</summary>
    public IReadOnlyList<AcceptedLogEvent> LogEvents => _logGroups.Accepted.Snapshot();

    /// <summary>Gets the log groups there are, in order of creation.</summary>
    public IReadOnlyList<CreatedLogGroup> LogGroups => _logGroups.All();

    /// <summary>Gets the metric filters there are. They are kept and not evaluated.</summary>
    public IReadOnlyList<CreatedMetricFilter> MetricFilters => _logGroups.Filters();

    /// <summary>Gets or sets which log events are refused, although they keep the rules. One of them fails its whole request.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    /// <remarks>As <see cref="Poison"/> for datums. Called on the server's threads.</remarks>
    public Func<AcceptedLogEvent, bool>? PoisonLogEvent
    {
        get => _logs.Poison;
        set => _logs.Poison = value;
    }

    /// <summary>Gets or sets a value indicating whether what is accepted is kept to be read.</summary>
    /// <value>The default is <see langword="true"/>. Without it a server can run for hours: what came is then known only to
    /// <see cref="LogEventsAccepted"/> and <see cref="DatumsAccepted"/>.</value>
    public bool KeepsAccepted
    {
        get => _logGroups.Accepted.IsKept;
        set => _logGroups.Accepted.IsKept = _metrics.Accepted.IsKept = value;
    }

    /// <summary>Gets or sets who is shown the events of each request that is accepted.</summary>
    /// <value>The default is <see langword="null"/>: nobody.</value>
    /// <remarks>Called on the server's threads, one request at a time, in order of acceptance.</remarks>
    public Action<IReadOnlyList<AcceptedLogEvent>>? LogEventsAccepted
    {
        get => _logGroups.Accepted.Observer;
        set => _logGroups.Accepted.Observer = value;
    }

    /// <summary>Gets or sets who is shown the datums of each request that is accepted.</summary>
    /// <value>The default is <see langword="null"/>: nobody.</value>
    /// <remarks>As <see cref="LogEventsAccepted"/>.</remarks>
    public Action<IReadOnlyList<AcceptedDatum>>? DatumsAccepted
    {
        get => _metrics.Accepted.Observer;
        set => _metrics.Accepted.Observer = value;
    }

    /// <summary>Gets how many log events were accepted in requests whose answer was cut off (<see cref="Fault.CutAfterAcceptance"/>).</summary>
    /// <value>What a sender, which cannot tell, may send at most twice.</value>
    public long UnansweredLogEvents => Interlocked.Read(ref _unansweredLogEvents);

    /// <summary>Gets how many samples were accepted in requests whose answer was cut off (<see cref="Fault.CutAfterAcceptance"/>).</summary>
    /// <value>As <see cref="UnansweredLogEvents"/>.</value>
    public long UnansweredSamples => Interlocked.Read(ref _unansweredSamples);

    /// <summary>Starts a server on a free port.</summary>
    /// <param name="time">The clock that decides which timestamps are too old or too new, and that each answer's <c>Date</c> header tells; <see langword="null"/> is the system's.</param>
    /// <returns>The server, which listens already. Dispose it to close all connections.</returns>
    public static ScriptedCloudWatch Start(TimeProvider? time = null) => new(time ?? TimeProvider.System);

    /// <summary>Creates a log group as if it had been there before.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="streams">The names of its log streams.</param>
    /// <exception cref="InvalidOperationException">There is a group of that name already, or a stream was named twice.</exception>
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

    /// <summary>Takes away the permission for an operation: it is answered with <c>AccessDeniedException</c>, which names the IAM action.</summary>
    /// <param name="operation">The operation, such as <c>CreateLogGroup</c>.</param>
    public void Deny(string operation) => _denied[operation] = true;

    /// <summary>Gives back what <see cref="Deny"/> took.</summary>
    /// <param name="operation">The operation, such as <c>CreateLogGroup</c>.</param>
    public void Allow(string operation) => _denied.TryRemove(operation, out _);

    /// <summary>Waits until a number of requests have arrived, counted from the start, so that a test need not poll or sleep.</summary>
    /// <param name="count">How many; served, refused and cut ones all count.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>A task that completes when that many have been read. They may not have been answered yet.</returns>
    public Task WhenRequestsAsync(int count, CancellationToken cancellationToken = default) =>
        _requests.WhenCountAsync(count).WaitAsync(cancellationToken);

    /// <summary>Cuts all connections and stops listening. What was accepted stays readable.</summary>
    /// <returns>A task that ends when no handler runs any more.</returns>
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
        ServiceAnswer answer = fault?.Answer ?? Answer(operation, request, body, fault?.InvalidMember);
        if (fault is { CutsAfter: true })
        {
            _ = Interlocked.Add(ref operation == _logs ? ref _unansweredLogEvents : ref _unansweredSamples, answer.Count);
            return null;
        }

        return HttpWriter.Encode(answer, operation?.Protocol, _time.GetUtcNow());
    }

    private ServiceAnswer Answer(IOperation? operation, HttpRequestData request, byte[]? body, int? invalidMember)
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
                throw new ServiceFault(400, "MalformedHttpRequestException", "The content type or the content encoding is not what it should be.");
            }

            // Measured on the wire and unpacked: the docs leave open which one counts.
            if (request.Body.Length > operation.Protocol.MaxBodyBytes || body.Length > operation.Protocol.MaxBodyBytes)
            {
                throw new ServiceFault(413, "RequestEntityTooLargeException", "The request body is larger than 1 MB.");
            }

            using JsonDocument document = JsonDocument.Parse(body);
            Served served = operation.Serve(document.RootElement, invalidMember);
            return ServiceAnswer.Empty with { Content = served.Content, Count = served.Count };
        }
        catch (ServiceFault refused)
        {
            return refused.Answer;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            return new ServiceAnswer(400, "SerializationException", malformed.Message);
        }
    }

    private void CheckPermission(IOperation operation)
    {
        if (_denied.ContainsKey(operation.Name))
        {
            string action = $"{operation.Protocol.IamPrefix}:{operation.Name}";
            throw new ServiceFault(400, "AccessDeniedException", $"User: arn:aws:iam::123456789012:user/test is not authorized to perform: {action} on resource: *");
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
            // The caller answers as AWS does to bad gzip.
            return null;
        }
    }
}
