namespace CloudObserve.Audit.Sealing;

/// <summary>The oldest and the newest of some times. In the form of records they are in the order of their text.</summary>
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
