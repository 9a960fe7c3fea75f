namespace CloudObserve.Testing;

/// <summary>What a <see cref="ScriptedCloudWatch"/> does to the requests to come: one fault each, in order, then what <see cref="Always"/> says.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly Queue<Fault?> _next = new();
    private Fault? _always;

    internal FaultScript()
    {
    }

    /// <summary>Gets or sets the fault of every request that finds no fault queued: an outage that lasts.</summary>
    /// <value>The default is <see langword="null"/>: such requests are served.</value>
    public Fault? Always
    {
        get
        {
            lock (_gate)
            {
                return _always;
            }
        }

        set
        {
            lock (_gate)
            {
                _always = value;
            }
        }
    }

    /// <summary>Gets the number of queued faults that no request has met yet.</summary>
    public int Remaining
    {
        get
        {
            lock (_gate)
            {
                return _next.Count;
            }
        }
    }

    /// <summary>Queues faults for the next requests, one each.</summary>
    /// <param name="faults">The faults; <see langword="null"/> lets a request through.</param>
    /// <returns>The script, so that calls can be chained.</returns>
    public FaultScript Enqueue(params ReadOnlySpan<Fault?> faults)
    {
        lock (_gate)
        {
            foreach (Fault? fault in faults)
            {
                _next.Enqueue(fault);
            }
        }

        return this;
    }

    /// <summary>Drops all queued faults and <see cref="Always"/>: the service is well again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _next.Clear();
            _always = null;
        }
    }

    internal Fault? Take()
    {
        lock (_gate)
        {
            return _next.Count > 0 ? _next.Dequeue() : _always;
        }
    }
}
