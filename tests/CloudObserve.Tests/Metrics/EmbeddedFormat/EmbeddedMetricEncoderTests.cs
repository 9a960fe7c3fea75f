using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.EmbeddedFormat;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Tests.Metrics.EmbeddedFormat;

public sealed class EmbeddedMetricEncoderTests
{
    private const int MostSamples = 1_000_000;

    private static readonly DateTimeOffset Minute = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly LogIdentity Identity = new("app", "Test", "host", "one", "process");

    private readonly ManualTimeProvider _time = new(Minute.AddSeconds(70));
    private readonly RecordingEvents _events = new();
    private readonly LossLedger _ledger;

    public EmbeddedMetricEncoderTests() => _ledger = new LossLedger("metrics", _events, null, MetricLossReasons.All);

    [Fact]
    public void Any_series_give_only_legal_documents_that_hold_every_sample() =>
        Prop.ForAll(Collections().ToArbitrary(), AllThere).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Sets_as_large_as_CloudWatch_takes_give_legal_documents()
    {
        // Quotes take six times their room.
        string longest = new('"', 240);
        MetricDimension[] dimensions =
            [.. Enumerable.Range(0, 30).Select(i => new MetricDimension($"{i:00}{longest}", new string('"', 1_024)))];
        Given[] given = [
            .. Enumerable.Range(0, 250)
                .Select(i => new Given(
                    "Shop", $"{i:000}{new string('\'', 252)}", MetricUnit.None, StorageResolution.Standard, dimensions, 0,
                    [1.7976931348623157e107, -i]))];

        Assert.True(AllThere(given));
    }

    [Fact]
    public void Series_that_have_all_but_their_name_in_common_share_documents_of_up_to_100()
    {
        Given[] given = [
            .. Enumerable.Range(0, 250)
                .Select(i => new Given(
                    "Shop", $"Metric {i}", MetricUnit.Count, StorageResolution.Standard, [new("Region", "eu")], 0, [i]))];

        Assert.Equal([100, 100, 50], Documents(new LogEventOutput(Router(), _time), given).Select(d => d.Document.Metrics.Count));
    }

    [Fact]
    public void A_value_is_written_as_often_as_it_occurred()
    {
        Given given = new("Shop", "Orders", MetricUnit.None, StorageResolution.Standard, [], 0, [.. Enumerable.Repeat(1.0, 250), 7]);

        double[][] written = [.. Documents(new LogEventOutput(Router(), _time), [given]).Select(d => d.Document.Metrics.Single().Values)];

        Assert.Equal([100, 100, 51], written.Select(v => v.Length));
        Assert.Equal(given.Values, written.SelectMany(v => v));
    }

    [Fact]
    public void One_name_with_two_units_takes_two_documents()
    {
        Given[] given = [
            new("Shop", "Size", MetricUnit.Bytes, StorageResolution.Standard, [], 0, [1]),
            new("Shop", "Size", MetricUnit.Count, StorageResolution.Standard, [], 0, [2])];

        Assert.Equal(["Bytes", "Count"], Documents(new LineOutput(_time), given).Select(d => d.Document.Metrics.Single().Unit));
    }

    [Fact]
    public void Lines_stay_below_what_log_drivers_cut()
    {
        Random random = new(1);
        Given[] given = [
            .. Enumerable.Range(0, 300)
                .Select(i => new Given(
                    "Shop", $"Metric {i}", MetricUnit.None, StorageResolution.Standard, [], 0,
                    [.. Enumerable.Range(0, 100).Select(_ => random.NextDouble())]))];

        Assert.All(Documents(new LineOutput(_time), given), d => Assert.InRange(d.Bytes, 1, 16 * 1024));
    }

    [Fact]
    public void Above_the_limit_of_samples_the_shape_stays_and_the_rest_is_counted_as_lost()
    {
        double[] values =
            [-5, .. Enumerable.Repeat(10.0, 60_000), .. Enumerable.Repeat(20.0, 30_000), .. Enumerable.Repeat(40.0, 10_000), 1_000];
        EmbeddedMetricEncoder encoder = new(1_000, new LineOutput(_time), _ledger, _events);
        Add(encoder, new Given("Shop", "Latency", MetricUnit.None, StorageResolution.Standard, [], 0, values));
        double[] written = [.. Read(encoder.TakeBatches()).SelectMany(d => d.Document.Metrics).SelectMany(m => m.Values)];

        Assert.InRange(written.Length, 990, 1_000);
        Assert.Equal((-5, 1_000), (written.Min(), written.Max()));
        Assert.Equal([599, 299, 100], new[] { 10.0, 20.0, 40.0 }.Select(v => written.Count(w => w == v)), Within(2));
        Assert.Equal(values.Length - written.Length, _ledger.Snapshot().Lost[MetricLossReasons.SampleBudget]);
        Assert.Equal(values.Length, encoder.Taken);
        Assert.Equal(nameof(MetricLossReasons.SampleBudget), Assert.Single(_events.Misuses).Reason);
    }

    [Fact]
    public void A_batch_is_good_until_its_oldest_metric_is_not()
    {
        EmbeddedMetricEncoder encoder = new(MostSamples, new LogEventOutput(Router(), _time), _ledger, _events);
        Add(encoder, new Given("Shop", "Late", MetricUnit.None, StorageResolution.Standard, [], -600, [1]));
        Add(encoder, new Given("Shop", "Fresh", MetricUnit.None, StorageResolution.Standard, [], 0, [1]));

        Assert.Equal(Minute.AddSeconds(-600).AddDays(14), Assert.Single(encoder.TakeBatches()).Header.AcceptableUntil);
    }

    [Fact]
    public void A_stream_named_by_the_day_changes_with_it()
    {
        EmbeddedMetricEncoder encoder =
            new(MostSamples, new LogEventOutput(new LogRouter("/m", "{date}", [], Identity), _time), _ledger, _events);
        Add(encoder, new Given("Shop", "Orders", MetricUnit.None, StorageResolution.Standard, [], 0, [1]));
        string first = Assert.Single(encoder.TakeBatches()).Destination;
        _time.Advance(TimeSpan.FromDays(1));
        Add(encoder, new Given("Shop", "Orders", MetricUnit.None, StorageResolution.Standard, [], 0, [1]));

        Assert.EndsWith("2026-06-15", first, StringComparison.Ordinal);
        Assert.EndsWith("2026-06-16", Assert.Single(encoder.TakeBatches()).Destination, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_cannot_be_written_is_lost_and_the_next_ones_go()
    {
        EmbeddedMetricEncoder encoder = new(MostSamples, new FailingOnce(new LineOutput(_time)), _ledger, _events);
        Add(encoder, new Given("Shop", "Orders", MetricUnit.None, StorageResolution.Standard, [], 0, [1, 2, 3]));
        Add(encoder, new Given("Shop", "Orders", MetricUnit.None, StorageResolution.Standard, [], 60, [4]));

        Assert.Equal(1, Assert.Single(encoder.TakeBatches()).Weight);
        Assert.Equal(3, _ledger.Snapshot().Lost[LossReason.EncodingFailed]);
        Assert.Single(_events.Errors);
    }

    private static LogRouter Router() => new("/app/metrics", "{instance}", [], Identity);

    private static EqualityComparer<int> Within(int distance) => EqualityComparer<int>.Create((x, y) => Math.Abs(x - y) <= distance);

    private static Gen<Given[]> Collections()
    {
        Gen<string> name = Gen.Elements("Orders", "Size", "Größe \"x\"", "a\\b", "_AWS", "Region.x", "<>&'+", "😀", new string('n', 255));
        Gen<MetricDimension> dimension =
            from key in Gen.Elements("Region", "Tier", "Service", "Environment", "R\"", "k 1", "k 2", "k 3", new string('k', 250))
            from value in Gen.Elements("eu", "us \"1\"", "\\", "5", "true", new string('v', 1_024))
            select new MetricDimension(key, value);
        Gen<double> number = Gen.Frequency(
            (5, Gen.Choose(-3, 50).Select(n => (double)n)),
            (3, Gen.Choose(1, 1_000_000).Select(n => n / 977.0)),
            (1, Gen.Elements(0, -0.0, 5e-324, 1e-9, Math.ScaleB(1, 360), -Math.ScaleB(1, 360), 123456789012345680)));
        Gen<Given> series =
            from space in Gen.Elements("Shop", "Shop/\"2\"")
            from metric in name
            from unit in Gen.Elements(MetricUnit.None, MetricUnit.Count, MetricUnit.BytesPerSecond)
            from resolution in Gen.Elements(StorageResolution.Standard, StorageResolution.High)
            from dimensions in dimension.ListOf().Select(d => d.DistinctBy(each => each.Name).Take(30).ToArray())
            from second in Gen.Elements(0, 0, 0, 1, 60, -86_400)
            from values in number.NonEmptyListOf()
            from times in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(2, 120)))
            select new Given(space, metric, unit, resolution, dimensions, second, [.. Enumerable.Repeat(values, times).SelectMany(v => v)]);

        // A series comes once a period, as the collector brings it.
        return series.ListOf().Select(all => all.DistinctBy(g => (g.Identity, g.Second)).ToArray());
    }

    private bool AllThere(Given[] given)
    {
        Assert.True(Agree(given, Documents(new LogEventOutput(Router(), _time), given)));
        Assert.True(Agree(given, Documents(new LineOutput(_time), given)));
        return true;
    }

    private static bool Agree(Given[] given, (LegalDocument Document, long Weight, int Bytes)[] documents)
    {
        Assert.All(documents, d => Assert.Equal(d.Weight, d.Document.Metrics.Sum(m => m.Values.Length)));
        var found = documents.SelectMany(d => d.Document.Metrics).GroupBy(m => m.Series)
            .ToDictionary(m => m.Key, m => m.SelectMany(s => s.Values).ToArray());
        Assert.Equal(given.Length, found.Count);
        foreach (Given expected in given)
        {
            double[] values = found[expected.Series];
            Assert.Equal(expected.Values.Length, values.Length);
            Assert.Equal((expected.Values.Min(), expected.Values.Max()), (values.Min(), values.Max()));
            Assert.True(Math.Abs(expected.Values.Sum() - values.Sum()) <= expected.Values.Sum(Math.Abs) * 1e-12);
        }

        return true;
    }

    private static (LegalDocument Document, long Weight, int Bytes)[] Read(List<Batch> batches) =>
        [.. batches.SelectMany(b => Enumerable.Range(0, b.ItemCount).Select(i => Read(b, i)))];

    private static (LegalDocument Document, long Weight, int Bytes) Read(Batch batch, int index)
    {
        ReadOnlyMemory<byte> text = batch.Item(index);
        if (batch.Operation == "PutLogEvents")
        {
            using JsonDocument item = JsonDocument.Parse(text);
            text = Encoding.UTF8.GetBytes(item.RootElement.GetProperty("message").GetString()!);
        }

        return (LegalDocument.Read(text), batch.WeightOf(index, 1), text.Length);
    }

    private static void Add(EmbeddedMetricEncoder encoder, Given given)
    {
        ValueTable table = new();
        foreach (double value in given.Values)
        {
            table.Add(value);
        }

        encoder.Add(given.Identity, table, given.Time);
    }

    private (LegalDocument Document, long Weight, int Bytes)[] Documents(IDocumentOutput output, Given[] given)
    {
        EmbeddedMetricEncoder encoder = new(MostSamples, output, _ledger, _events);
        Array.ForEach(given, g => Add(encoder, g));
        Assert.Equal(given.Sum(g => g.Values.Length), encoder.Taken);
        return Read(encoder.TakeBatches());
    }

    private sealed class FailingOnce(IDocumentOutput inner) : IDocumentOutput
    {
        private bool _failed;

        public int PreferredBytes => inner.PreferredBytes;

        public LossReason? TryAppend(ReadOnlySpan<byte> document, long weight, DateTimeOffset acceptableUntil)
        {
            if (!_failed)
            {
                _failed = true;
                throw new InvalidOperationException("A fault of ours.");
            }

            return inner.TryAppend(document, weight, acceptableUntil);
        }

        public List<Batch> TakeBatches() => inner.TakeBatches();
    }

    private sealed record Given(
        string Namespace, string Name, MetricUnit Unit, StorageResolution Resolution, MetricDimension[] Dimensions, int Second,
        double[] Values)
    {
        internal SeriesIdentity Identity { get; } = new(Namespace, Name, Unit, Resolution, Dimensions);

        internal DateTimeOffset Time => Minute.AddSeconds(Second);

        internal (string Namespace, string Name, string Dimensions, string Unit, int Resolution, DateTimeOffset Time) Series => (
            Namespace,
            Name,
            string.Join('\n', Dimensions.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => $"{d.Name}={d.Value}")),
            MetricUnitNames.Of(Unit),
            (int)Resolution,
            Time);
    }
}
