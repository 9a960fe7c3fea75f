using CloudObserve.AspNetCore.Endpoints;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>One request on its way: notices which endpoint it is for, watches its code, and records it once before its response begins.</summary>
/// <remarks>
/// It is the request's endpoint feature. So it learns of the endpoint from routing itself, before authorization looks at it, and keeps it when an exception
/// handler clears it; and what runs is the watched code, whatever marked the endpoint.
/// </remarks>
/// <threadsafety>Not safe for concurrent use, as the request itself.</threadsafety>
internal sealed class AuditedRequest(HttpContext context, AuditedEndpoints endpoints, RequestRecorder recorder) : IEndpointFeature
{
    private Endpoint? _endpoint;
    private AuditedEndpoint? _audited;
    private RecordedBody? _body;
    private RecordedLifetime? _lifetime;
    private ResponseProgress? _progress;
    private AuditEvent? _event;
    private AuditAction? _action;
    private bool _hasRun;

    // What came out of the endpoint's code.
    private Exception? _fault;

    // The one recording of how the request ends, and what it said.
    private Task? _recorded;
    private AuditEvent? _recordedAs;
    private Exception? _recordedFault;

    // Why the request is refused: the trail did not keep its record.
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

    /// <summary>Runs an endpoint's code; with <see cref="AuditGuarantee.BeforeAction"/> only when its intent is on disk.</summary>
    internal async Task RunAsync(AuditedEndpoint audited, RequestDelegate code)
    {
        try
        {
            await BeginAsync(audited).ConfigureAwait(false);
            _hasRun = true;
            await code(context).ConfigureAwait(false);
            await BeforeResponseAsync().ConfigureAwait(false);

            // Here, because whoever stands between this and the server may have ended what it does to the response when it is left.
            await (_body?.FlushPendingAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault == _refusal)
        {
            // The answer is written when everything else has been left. No one in between should take this for a success until then.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        catch (Exception fault) when (_hasRun)
        {
            _fault = fault;
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

    /// <summary>Waits until the response may begin: how the request ends is recorded, as far as its guarantee asks for it.</summary>
    /// <returns>Fails when the record is not kept: the response must not begin.</returns>
    internal Task BeforeResponseAsync() => IsBestEffort ? Task.CompletedTask : RecordAsync();

    /// <summary>Ends a request that was answered.</summary>
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
        catch (Exception fault) when (fault == _refusal)
        {
            await RefuseAsync().ConfigureAwait(false);
        }
        finally
        {
            Unwatch();
        }
    }

    /// <summary>Ends a request that an exception came out of.</summary>
    /// <returns>Whether it is answered, because its record is not kept; else the exception must go on.</returns>
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

    // What was recorded when the response began no longer holds: the code failed later and somebody has handled that, as an exception handler does
    // when the client has hung up; or the connection broke off before the response was complete, which the code need not have noticed. If the first
    // record already tells of a failure, a client that hangs up during the error page does not change it.
    private bool HasBrokenOff() =>
        _fault != _recordedFault || (_recordedAs is { ErrorCode: null } && _progress!.IsCutOff);

    private void Watch(AuditedEndpoint audited)
    {
        // A later match, after a rewrite or in a branch, takes the place of one that did not come to run.
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
            // A second audited endpoint for the same request, by an error page or the like: neither record may be lost to the other.
            await RecordAsync().ConfigureAwait(false);
            (_recorded, _recordedAs, _recordedFault, _action, _fault) = (null, null, null, null, null);
            Watch(audited);
        }

        try
        {
            // Now, because an exception handler clears the route values.
            _event ??= recorder.Describe(context, audited);
            if (audited.Guarantee == AuditGuarantee.BeforeAction)
            {
                _action = await recorder.BeginAsync(_event).ConfigureAwait(false);
                _event = _action.Event;
            }
        }
        catch (Exception fault) when (IsBestEffort)
        {
            recorder.NotRecorded(audited, fault);
            _recorded = Task.CompletedTask;
        }
        catch (Exception fault)
        {
            Refuse(fault);
            _recorded = Task.FromException(fault);
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
        catch (Exception fault) when (IsBestEffort)
        {
            // Whatever went wrong: this guarantee never affects the request. The trail counts what it does not keep.
            recorder.NotRecorded(_audited!, fault);
        }
        catch (Exception fault)
        {
            Refuse(fault);
            throw;
        }
    }

    // The response was on its way when the code broke off: what was recorded as the end was not the end.
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
            // The request fails by its own exception, which is about to go on.
            recorder.NotRecorded(_audited!, unkept);
        }
    }

    private AuditEvent Ended(Exception? fault) =>
        RequestOutcome.Add(_event ?? recorder.Describe(context, _audited!), context, _audited!, _hasRun, fault, _progress!);

    private void Refuse(Exception fault)
    {
        _refusal = fault;
        recorder.Refused(_audited!, fault);
    }

    private async Task<bool> RefuseAsync()
    {
        if (context.Response.HasStarted)
        {
            return false;
        }

        // What the code had written and was not let through is not to come after this.
        _body?.Discard();
        Unwatch();
        await TrailProblem.WriteAsync(context, _hasRun).ConfigureAwait(false);
        return true;
    }
}
