using System.Threading.Channels;

namespace Worker.Parcels;

/// <summary>Simulates the queue of a real worker, such as Amazon SQS.</summary>
internal sealed class ParcelQueue
{
    private readonly Channel<Parcel> _parcels = Channel.CreateUnbounded<Parcel>();
    private int _queued;

    public int Backlog => _parcels.Reader.Count;

    /// <summary>Gets the number of parcels put into the queue so far.</summary>
    public int Queued => Volatile.Read(ref _queued);

    public void Put(Parcel parcel)
    {
        if (_parcels.Writer.TryWrite(parcel))
        {
            _ = Interlocked.Increment(ref _queued);
        }
    }

    /// <summary>Marks the queue as complete, so that readers end when they have read everything.</summary>
    public void Close() => _parcels.Writer.TryComplete();

    public IAsyncEnumerable<Parcel> ReadAllAsync() => _parcels.Reader.ReadAllAsync();
}
