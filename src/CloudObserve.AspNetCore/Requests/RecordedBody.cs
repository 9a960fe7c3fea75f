using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>A response body that does not begin before its request is recorded.</summary>
internal sealed class RecordedBody : IHttpResponseBodyFeature
{
    private readonly AuditedRequest _request;
    private readonly RecordedStream _stream;
    private PipeWriter? _writer;

    internal RecordedBody(IHttpResponseBodyFeature inner, RecordedStream stream, AuditedRequest request)
    {
        _request = request;
        _stream = stream;
        Inner = inner;
    }

    public Stream Stream => _stream;

    public PipeWriter Writer => _writer ??= PipeWriter.Create(_stream, new StreamPipeWriterOptions(leaveOpen: true));

    internal IHttpResponseBodyFeature Inner { get; }

    public void DisableBuffering() => Inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _request.BeforeResponseAsync().ConfigureAwait(false);
        await Inner.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await FlushPendingAsync().ConfigureAwait(false);
        await _request.BeforeResponseAsync().ConfigureAwait(false);
        await Inner.SendFileAsync(path, offset, count, cancellationToken).ConfigureAwait(false);
    }

    public async Task CompleteAsync()
    {
        await FlushPendingAsync().ConfigureAwait(false);
        await _request.BeforeResponseAsync().ConfigureAwait(false);
        await Inner.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Writes the pending data to the server.</summary>
    /// <remarks>Without pending data, the server begins the response itself, so that it knows the length.</remarks>
    internal async Task FlushPendingAsync()
    {
        if (_writer is { UnflushedBytes: > 0 })
        {
            _ = await _writer.FlushAsync().ConfigureAwait(false);
        }

        await _stream.FlushPendingAsync().ConfigureAwait(false);
    }

    /// <summary>Discards data that was written but not flushed.</summary>
    internal void Discard()
    {
        // When it is completed with an exception, a pipe writer on a stream discards its buffered data.
        _writer?.Complete(new OperationCanceledException());
        _writer = null;
        _stream.Discard();
    }
}
