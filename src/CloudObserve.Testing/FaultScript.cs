namespace CloudObserve.Testing;

/// <summary>
/// Holds the faults for the next requests to a <see cref="ScriptedCloudWatch"/>: one per request, in order, then <see cref="Always"/>.
/// </summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class FaultScript
{
    private readonly Lock _lock = new();
    private readonly Queue<Fault?> _next = new();
    private Fault? _always;

    internal FaultScript()
    {
    }

    /// <summary>Gets or sets the fault for each request that finds the queue empty.</summary>
    /// <value>The default is <see langword="null"/>: such requests are served.</value>
    /// <remarks>Use it for an outage that lasts.</remarks>
    public Fault? Always
    {
        get
        {
            lock (_lock)
            {
                return _always;
            }
        }

        set
        {
            lock (_lock)
            {
                _always = value;
            }
        }
    }

    /// <summary>Gets the number of queued faults.</summary>
    public int Remaining
    {
        get
        {
            lock (_lock)
            {
                return _next.Count;
            }
        }
    }

    /// <summary>Adds faults to the queue, one for each of the next requests.</summary>
    /// <param name="faults">The faults; <see langword="null"/> lets a request through.</param>
    /// <returns>The script, so that calls can be chained.</returns>
    public FaultScript Enqueue(params ReadOnlySpan<Fault?> faults)
    {
        lock (_lock)
        {
            foreach (Fault? fault in faults)
            {
                _next.Enqueue(fault);
            }
        }

        return this;
    }

    /// <summary>Removes all queued faults and <see cref="Always"/>, so that requests are served again.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _next.Clear();
            _always = null;
        }
    }

    internal Fault? Take()
    {
        lock (_lock)
        {
            return _next.Count > 0 ? _next.Dequeue() : _always;
        }
    }
}
