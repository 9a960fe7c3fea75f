using System.Text.Json;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Serves PutMetricData over AWS JSON 1.0 by CloudWatch's rules: a request is accepted completely or not at all.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class PutMetricData(TimeProvider time) : IOperation
{
    /// <summary>Gets the datums that were accepted.</summary>
    internal AcceptedItems<AcceptedDatum> Accepted { get; } = new();

    public string Name => nameof(PutMetricData);

    public ScriptedProtocol Protocol => ScriptedProtocol.CloudWatch;

    /// <summary>Gets or sets the predicate for datums that are refused although they follow the rules.</summary>
    internal Func<AcceptedDatum, bool>? Poison { get; set; }

    public Served Serve(JsonElement body, int? invalidMember)
    {
        List<AcceptedDatum> read = Read(body, invalidMember);
        Accepted.Add(read);
        return new Served("{}", (long)read.Sum(d => d.SampleCount));
    }

    internal AcceptedSeries[] Series() =>
    [
        .. Accepted.Snapshot()
            .GroupBy(d => (d.Namespace, d.MetricName, Dimensions: string.Join('\n', d.Dimensions), d.Unit))
            .Select(g => new AcceptedSeries(
                g.Key.Namespace, g.Key.MetricName, g.First().Dimensions, g.Key.Unit, g.Count(),
                g.Sum(d => d.SampleCount), g.Sum(d => d.Sum), g.Min(d => d.Minimum), g.Max(d => d.Maximum))),
    ];

    private List<AcceptedDatum> Read(JsonElement body, int? invalidMember)
    {
        string name = body.TryGetProperty("Namespace", out JsonElement text) ? text.GetString() ?? "" : "";
        ScriptedMetricRules.CheckNamespace(name);
        if (!body.TryGetProperty("MetricData", out JsonElement data) || data.GetArrayLength() == 0)
        {
            throw ServiceFault.Missing("At least one MetricDatum object must be present in the request.");
        }

        ScriptedMetricRules.CheckSize("MetricData", data.GetArrayLength(), ScriptedMetricRules.MaxDatums);
        DatumReader reader = new(name, time.GetUtcNow());
        List<AcceptedDatum> read = [];
        foreach (JsonElement datum in data.EnumerateArray())
        {
            string path = $"MetricData.member.{read.Count + 1}";
            AcceptedDatum next = reader.Read(path, datum);
            if (read.Count + 1 == invalidMember || Poison?.Invoke(next) == true)
            {
                throw ServiceFault.InvalidValue($"The value of parameter {path} is invalid.");
            }

            read.Add(next);
        }

        return read;
    }
}
