namespace CloudObserve.Diagnostics;

/// <summary>Filters repeated messages, so that each is logged once, up to a maximum number.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class OnceFilter(int most)
{
    private readonly HashSet<(string, string)> _said = [];

    internal int Most => most;

    /// <returns><see langword="true"/> the first time; <see langword="false"/> afterwards, or if the maximum is reached.</returns>
    /// <param name="kind">The kind of the message.</param>
    /// <param name="subject">The subject of the message. The application may create it, so the number of subjects is not limited.</param>
    /// <param name="isLast">Whether the maximum was reached with this message.</param>
    internal bool IsNews(string kind, string subject, out bool isLast)
    {
        lock (_said)
        {
            bool news = _said.Count < most && _said.Add((kind, subject));
            isLast = news && _said.Count == most;
            return news;
        }
    }
}
