using System.Threading.Channels;

namespace Worker.Parcels;

/// <summary>Simulates the queue of a real worker, such as Amazon SQS.</summary>
internal sealed class ParcelQueue
{
    private readonly Channel<Parcel> _parcels = Channel.CreateUnbounded<Parcel>();

    public int Backlog => _parcels.Reader.Count;

    public bool TryPut(Parcel parcel) => _parcels.Writer.TryWrite(parcel);

    /// <summary>Marks the queue as complete, so that readers end when they have read everything.</summary>
    public void Close() => _parcels.Writer.TryComplete();

    public IAsyncEnumerable<Parcel> ReadAllAsync() => _parcels.Reader.ReadAllAsync();
}
