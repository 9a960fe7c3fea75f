namespace CloudObserve.Audit.Sealing;

/// <summary>Tracks the oldest and the newest of several times.</summary>
/// <remarks>In the format of records, times sort in the order of their text.</remarks>
internal sealed class EventTimes
{
    internal string Oldest { get; private set; } = "";

    internal string Newest { get; private set; } = "";

    internal void Add(string time)
    {
        if (time.Length == 0)
        {
            return;
        }

        Oldest = Oldest.Length == 0 || string.CompareOrdinal(time, Oldest) < 0 ? time : Oldest;
        Newest = string.CompareOrdinal(time, Newest) > 0 ? time : Newest;
    }
}
