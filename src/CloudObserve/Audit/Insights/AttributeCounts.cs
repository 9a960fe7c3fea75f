namespace CloudObserve.Audit.Insights;

/// <summary>Counts users, programs and error codes of events: the three attributes of CloudTrail's insight attributions.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class AttributeCounts
{
    private readonly (string Name, TopValues Values)[] _all =
        [("userIdentityArn", new TopValues()), ("userAgent", new TopValues()), ("errorCode", new TopValues())];

    internal void Add(in InsightSample sample)
    {
        _all[0].Values.Add(sample.UserIdentityArn);
        _all[1].Values.Add(sample.UserAgent);
        _all[2].Values.Add(sample.ErrorCode);
    }

    internal void AddAll(AttributeCounts other)
    {
        for (int i = 0; i < _all.Length; i++)
        {
            _all[i].Values.AddAll(other._all[i].Values);
        }
    }

    internal void Fade(double kept) => Array.ForEach(_all, attribute => attribute.Values.Fade(kept));

    internal void Clear() => Array.ForEach(_all, static attribute => attribute.Values.Clear());

    internal IEnumerable<AuditInsightAttribution> Over(double minutes, bool isBaseline) =>
        from attribute in _all
        from top in attribute.Values.Top()
        select new AuditInsightAttribution(attribute.Name, top.Value, isBaseline, top.Count / minutes);
}
