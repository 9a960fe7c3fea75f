namespace CloudObserve.Diagnostics;

/// <summary>Remembers what has been said, up to a number, so that it is said once.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SaidOnce(int most)
{
    private readonly HashSet<(string, string)> _said = [];

    internal int Most => most;

    /// <returns><see langword="true"/> the first time; <see langword="false"/> when it was said or the memory is full.</returns>
    /// <param name="kind">A kind of news.</param>
    /// <param name="subject">What it is about; possibly made by the application, so its number is not bounded.</param>
    /// <param name="isLast">Whether the memory has just become full.</param>
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
