using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>
/// Follows one request: observes which endpoint is matched, wraps its code, and records the outcome once before the response begins.
/// </summary>
/// <remarks>
/// It replaces the request's endpoint feature. So routing tells it the endpoint before authorization runs, and it remembers the endpoint
/// when an exception handler clears it. The endpoint that runs is the wrapped copy, however the endpoint was marked.
/// </remarks>
/// <threadsafety>Not safe for concurrent use, like the request itself.</threadsafety>
internal sealed class AuditedRequest(HttpContext context, AuditedEndpoints endpoints, RequestRecorder recorder)
    : IEndpointFeature, IAuditedRequest
{
    private Endpoint? _endpoint;
    private AuditedEndpoint? _audited;
    private RecordedBody? _body;
    private RecordedLifetime? _lifetime;
    private ResponseProgress? _progress;
    private AuditEvent? _event;
    private AuditAction? _action;
    private bool _hasRun;

    // The exception that the endpoint's code threw.
    private Exception? _fault;

    // The single recording of the request's outcome, and the event that was recorded.
    private Task? _recorded;
    private AuditEvent? _recordedAs;
    private Exception? _recordedFault;

    // The reason for refusing the request: the trail could not store its record.
    private Exception? _refusal;

    public Endpoint? Endpoint
    {
        get => _endpoint;
        set
        {
            AuditedEndpoint? audited = value is null ? null : endpoints.Find(value);
            _endpoint = audited?.Running ?? value;
            if (audited is not null && !_hasRun)
            {
                Watch(audited);
            }
        }
    }

    internal bool IsAudited => _audited is not null;

    private bool IsBestEffort => _audited!.Guarantee == AuditGuarantee.BestEffort;

    public async Task RunAsync(AuditedEndpoint audited, RequestDelegate code)
    {
        try
        {
            await BeginAsync(audited).ConfigureAwait(false);
            _hasRun = true;
            await code(context).ConfigureAwait(false);
            await BeforeResponseAsync().ConfigureAwait(false);

            // Flushed here, because middleware between this one and the server may end its own processing of the response when it returns.
            await (_body?.FlushPendingAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception == _refusal)
        {
            // The response body is written when all other middleware has returned. Until then this status keeps middleware from treating
            // the request as successful.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception exception) when (_hasRun)
        {
            _fault = exception;
            throw;
        }
    }

    internal bool TryChange(Func<AuditEvent, AuditEvent> change)
    {
        if (!IsAudited || _recorded is not null)
        {
            return false;
        }

        _event = change(_event ?? recorder.Describe(context, _audited!));
        return true;
    }

    /// <summary>Waits until the response may begin: when the outcome has been recorded, unless the guarantee is best effort.</summary>
    /// <returns>A task that fails when the record is not stored. Then the response must not begin.</returns>
    internal Task BeforeResponseAsync() => IsBestEffort ? Task.CompletedTask : RecordAsync();

    /// <summary>Completes a request that was answered.</summary>
    internal async Task CompleteAsync()
    {
        try
        {
            bool wasRecorded = _recorded is not null;
            await RecordAsync().ConfigureAwait(false);
            await (_body?.FlushPendingAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            if (wasRecorded && HasBrokenOff())
            {
                await RecordBreakAsync(_fault).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception == _refusal)
        {
            await RefuseAsync().ConfigureAwait(false);
        }
        finally
        {
            Unwatch();
        }
    }

    /// <summary>Completes a request that ended with an exception.</summary>
    /// <returns>Whether the request has been answered because its record is not stored. If not, the exception must be rethrown.</returns>
    internal async Task<bool> BreakOffAsync(Exception fault)
    {
        try
        {
            if (_recorded is not { IsCompletedSuccessfully: true })
            {
                _fault ??= fault;
                await RecordAsync().ConfigureAwait(false);
            }
            else if (_fault is not null || HasBrokenOff())
            {
                await RecordBreakAsync(_fault ?? fault).ConfigureAwait(false);
            }

            return false;
        }
        catch (Exception unkept) when (unkept == _refusal)
        {
            return await RefuseAsync().ConfigureAwait(false);
        }
        finally
        {
            Unwatch();
        }
    }

    private Task RecordAsync() => _recorded ??= RecordOnceAsync();

    // Returns true if the record made at the start of the response no longer holds. Either the code failed later and middleware handled the
    // exception, as an exception handler does when the client has disconnected; or the connection ended before the response was complete,
    // which the code may not have noticed. If the first record already reports a failure, a client that disconnects during the error page
    // does not change it.
    private bool HasBrokenOff() =>
        _fault != _recordedFault || (_recordedAs is { ErrorCode: null } && _progress!.IsCutOff);

    private void Watch(AuditedEndpoint audited)
    {
        // A later match, after a rewrite or in a branch, replaces an endpoint that did not run.
        (_audited, _event) = (audited, null);
        if (_lifetime is null)
        {
            _lifetime = new RecordedLifetime(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>());
            _progress = new ResponseProgress(context, _lifetime);
            context.Features.Set<IHttpRequestLifetimeFeature>(_lifetime);
        }

        if (!IsBestEffort && _body is null && context.Features.Get<IHttpResponseBodyFeature>() is { } body)
        {
            _body = new RecordedBody(body, new RecordedStream(body, this), this);
            context.Features.Set<IHttpResponseBodyFeature>(_body);
        }
    }

    private void Unwatch()
    {
        if (_body is not null && context.Features.Get<IHttpResponseBodyFeature>() == _body)
        {
            context.Features.Set(_body.Inner);
        }

        if (_lifetime is not null && context.Features.Get<IHttpRequestLifetimeFeature>() == _lifetime)
        {
            context.Features.Set(_lifetime.Inner);
        }
    }

    private async Task BeginAsync(AuditedEndpoint audited)
    {
        if (_hasRun)
        {
            // The request runs a second audited endpoint, for example an error page. Both records must be kept, so the first is written
            // now.
            await RecordAsync().ConfigureAwait(false);
            (_recorded, _recordedAs, _recordedFault, _action, _fault) = (null, null, null, null, null);
            Watch(audited);
        }

        try
        {
            // Created now, because an exception handler clears the route values.
            _event ??= recorder.Describe(context, audited);
            if (audited.Guarantee == AuditGuarantee.BeforeAction)
            {
                _action = await recorder.BeginAsync(_event).ConfigureAwait(false);
                _event = _action.Event;
            }
        }
        catch (Exception exception) when (IsBestEffort)
        {
            recorder.NotRecorded(audited, exception);
            _recorded = Task.CompletedTask;
        }
        catch (Exception exception)
        {
            Refuse(exception);
            _recorded = Task.FromException(exception);
            throw;
        }
    }

    private async Task RecordOnceAsync()
    {
        if (!_hasRun && RequestOutcome.IsPreflight(context.Request))
        {
            return;
        }

        try
        {
            _recordedFault = _fault;
            AuditEvent ended = _recordedAs = Ended(_fault);
            await recorder.EndAsync(ended, _action, _audited!.Guarantee).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsBestEffort)
        {
            // With this guarantee no failure affects the request. The trail counts the records that it does not store.
            recorder.NotRecorded(_audited!, exception);
        }
        catch (Exception exception)
        {
            Refuse(exception);
            throw;
        }
    }

    // The response had begun when the code failed, so the outcome that was recorded is no longer true.
    private async Task RecordBreakAsync(Exception? fault)
    {
        try
        {
            AuditEvent broken = Ended(fault);
            broken.AdditionalEventData!["corrects"] = _recordedAs?.EventId is { } first ? first : default(AuditValue);
            await recorder.EndAsync(broken, action: null, _audited!.Guarantee).ConfigureAwait(false);
        }
        catch (Exception unkept)
        {
            // The request fails with its own exception, which the caller rethrows.
            recorder.NotRecorded(_audited!, unkept);
        }
    }

    private AuditEvent Ended(Exception? exception) =>
        RequestOutcome.Add(_event ?? recorder.Describe(context, _audited!), context, _audited!, _hasRun, exception, _progress!);

    private void Refuse(Exception exception)
    {
        _refusal = exception;
        recorder.Refused(_audited!, exception);
    }

    private async Task<bool> RefuseAsync()
    {
        if (context.Response.HasStarted)
        {
            return false;
        }

        // Output of the code that was held back must not follow this response.
        _body?.Discard();
        Unwatch();
        await TrailProblem.WriteAsync(context, _hasRun).ConfigureAwait(false);
        return true;
    }
}
