using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>The body of a response that does not begin before its request is recorded.</summary>
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

    /// <summary>Hands on what was written but not flushed. When nothing was, the response is left to begin by itself, so that the server knows its length.</summary>
    internal async Task FlushPendingAsync()
    {
        if (_writer is { UnflushedBytes: > 0 })
        {
            _ = await _writer.FlushAsync().ConfigureAwait(false);
        }

        await _stream.FlushPendingAsync().ConfigureAwait(false);
    }

    /// <summary>Throws away what was written but not flushed.</summary>
    internal void Discard()
    {
        // With an exception, a writer on a stream drops what it holds.
        _writer?.Complete(new OperationCanceledException());
        _writer = null;
        _stream.Discard();
    }
}
