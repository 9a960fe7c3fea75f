using System.Diagnostics.Metrics;

namespace CloudObserve.Metrics.Meters;

/// <summary>An observable instrument with its own listener.</summary>
/// <remarks>
/// <para>A listener calls all its instruments in turn, so with a shared listener one callback that hangs would block all others.</para>
/// <para>The invariant: at most one thread is inside the application's callback, and its values are taken over only if the callback was not
/// abandoned. Both are decided by compare-exchange on one field. An abandoned callback is ended by an exception at its next measurement;
/// until it has returned, its instrument is not observed again.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ObservedInstrument : IDisposable
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int Ending = 2;
    private const int GivenUp = 3;

    private readonly Instrument _instrument;
    private readonly InstrumentStream _stream;
    private readonly MeterListener _listener = new();
    private int _phase;

    internal ObservedInstrument(Instrument instrument, InstrumentStream stream, Action<Instrument> completed)
    {
        _instrument = instrument;
        _stream = stream;
        _listener.MeasurementsCompleted = (ended, _) => completed(ended);
        InstrumentStream.Forward(_listener);
        stream.ObserveBy(this);
    }

    /// <summary>Gets the names of the instrument and its meter, for messages.</summary>
    internal string Description => $"instrument '{_instrument.Name}' of meter '{_instrument.Meter.Name}'";

    /// <summary>Gets a value indicating whether its callback was abandoned and has not returned yet.</summary>
    internal bool IsStuck => Volatile.Read(ref _phase) == GivenUp;

    public void Dispose() => _listener.Dispose();

    internal void Enable() => _listener.EnableMeasurementEvents(_instrument, _stream);

    /// <summary>Acquires the instrument for an observation.</summary>
    /// <returns><see langword="false"/> while a callback is still running.</returns>
    internal bool TryBegin() => Interlocked.CompareExchange(ref _phase, Running, Idle) == Idle;

    /// <summary>Calls the application's callback and takes over its values. Requires a successful <see cref="TryBegin"/>.</summary>
    /// <param name="fault">The exception of the callback, unless the callback was abandoned.</param>
    /// <returns><see langword="false"/> if the callback was abandoned meanwhile.</returns>
    internal bool TryObserve(out Exception? fault)
    {
        fault = null;
        _stream.BeginObserver();
        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (Exception exception)
        {
            fault = exception is AggregateException { InnerExceptions: [{ } only] } ? only : exception;
        }

        try
        {
            bool isWanted = Interlocked.CompareExchange(ref _phase, Ending, Running) == Running;
            if (isWanted && fault is null)
            {
                _stream.EndObserver();
            }

            return isWanted;
        }
        finally
        {
            Volatile.Write(ref _phase, Idle);
        }
    }

    /// <summary>Abandons the callback if it is still running.</summary>
    internal bool TryGiveUp() => Interlocked.CompareExchange(ref _phase, GivenUp, Running) == Running;

    /// <summary>Throws if the callback was abandoned, which ends it.</summary>
    internal void ThrowIfGivenUp()
    {
        if (Volatile.Read(ref _phase) != Running)
        {
            throw new OperationCanceledException($"The observation of {Description} was abandoned because it took too long.");
        }
    }
}
