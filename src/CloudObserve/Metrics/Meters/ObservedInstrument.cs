using System.Diagnostics.Metrics;

namespace CloudObserve.Metrics.Meters;

/// <summary>An observable instrument with a listener of its own: a listener calls all its instruments in turn, so one that hangs would keep back all others.</summary>
/// <remarks>
/// The invariant: at any time at most one thread is inside the application's callback, and what it brings is taken over only if nobody has given it up
/// before. Both are decided by one word. A callback that was given up ends with its next measurement, by an exception; until it has returned, its
/// instrument is not observed again.
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

    /// <summary>Gets the instrument's and its meter's name, for people.</summary>
    internal string Description => $"instrument '{_instrument.Name}' of meter '{_instrument.Meter.Name}'";

    /// <summary>Gets a value indicating whether its callback was given up and has not returned yet.</summary>
    internal bool IsStuck => Volatile.Read(ref _phase) == GivenUp;

    public void Dispose() => _listener.Dispose();

    internal void Enable() => _listener.EnableMeasurementEvents(_instrument, _stream);

    /// <summary>Claims the instrument for an observation.</summary>
    /// <returns><see langword="false"/> while a callback is still inside.</returns>
    internal bool TryBegin() => Interlocked.CompareExchange(ref _phase, Running, Idle) == Idle;

    /// <summary>Calls the application's callback and takes over what it brings. Only after <see cref="TryBegin"/>.</summary>
    /// <param name="fault">What the callback threw, unless it was given up.</param>
    /// <returns><see langword="false"/> when it was given up meanwhile.</returns>
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

    /// <summary>Gives the callback up, if it is still inside.</summary>
    internal bool TryGiveUp() => Interlocked.CompareExchange(ref _phase, GivenUp, Running) == Running;

    /// <summary>Ends a callback that was given up by throwing into it.</summary>
    internal void ThrowIfGivenUp()
    {
        if (Volatile.Read(ref _phase) != Running)
        {
            throw new OperationCanceledException($"The observation of {Description} took too long and was given up.");
        }
    }
}
