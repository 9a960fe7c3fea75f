using System.Threading.Channels;

namespace Worker.Parcels;

/// <summary>Stands for the queue that a real worker would poll, such as Amazon SQS.</summary>
internal sealed class ParcelQueue
{
    private readonly Channel<Parcel> _parcels = Channel.CreateUnbounded<Parcel>();

    public int Backlog => _parcels.Reader.Count;

    public bool TryPut(Parcel parcel) => _parcels.Writer.TryWrite(parcel);

    /// <summary>Says that nothing more will come, so that readers end when they have read everything.</summary>
    public void Close() => _parcels.Writer.TryComplete();

    public IAsyncEnumerable<Parcel> ReadAllAsync() => _parcels.Reader.ReadAllAsync();
}
