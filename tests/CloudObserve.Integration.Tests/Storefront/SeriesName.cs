namespace CloudObserve.Integration.Tests.Storefront;

/// <summary>A metric and its dimensions, equal whatever their order.</summary>
internal sealed record SeriesName(string Metric, string Dimensions)
{
    private const char Separator = '\n';

    public (string Name, string Value)[] Pairs =>
        [.. Dimensions.Split(Separator, StringSplitOptions.RemoveEmptyEntries)
            .Select(d => (d[..d.IndexOf('=')], d[(d.IndexOf('=') + 1)..]))];

    public override string ToString() => $"{Metric} {{{Dimensions.Replace(Separator, ',')}}}";

    public static SeriesName Of(string metric, IEnumerable<(string Name, string Value)> dimensions) =>
        new(metric, string.Join(Separator, dimensions.Select(d => $"{d.Name}={d.Value}").Order(StringComparer.Ordinal)));

    /// <summary>Tells whether another series of the same metric has these dimensions and more.</summary>
    public bool IsPartOf(SeriesName other) =>
        Metric == other.Metric && Pairs.Length < other.Pairs.Length && !Pairs.Except(other.Pairs).Any();
}
