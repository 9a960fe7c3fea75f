using System.Text.Json;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>Takes metrics from log events in the embedded metric format, as CloudWatch does: all of a document's, or none when it breaks a rule.</summary>
/// <remarks>
/// An event stays a log event whatever comes of it, and whoever sent it is told nothing. Its metrics are stamped with the document's time and
/// not the event's.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EmbeddedMetricExtractor(DateTimeOffset now)
{
    private const int MaxDepth = 1000;

    /// <summary>Gets the metrics found so far.</summary>
    internal List<Observation> Found { get; } = [];

    /// <summary>Gets how many events were not JSON or not built as a document: <c>EMFParsingErrors</c>.</summary>
    internal int ParsingErrors { get; private set; }

    /// <summary>Gets how many documents broke a rule: <c>EMFValidationErrors</c>.</summary>
    internal int ValidationErrors { get; private set; }

    /// <summary>Takes the metrics of an event, if it has any.</summary>
    /// <param name="message">The event's text.</param>
    internal ExtractionOutcome Extract(byte[] message)
    {
        // One JSON object and nothing before it; only such an event is looked at more closely.
        if (message[0] != '{' || message.AsSpan().IndexOf("\"_aws\""u8) < 0)
        {
            return ExtractionOutcome.NoDocument;
        }

        ExtractionOutcome outcome = Parse(message);
        ParsingErrors += outcome == ExtractionOutcome.ParsingError ? 1 : 0;
        ValidationErrors += outcome == ExtractionOutcome.ValidationError ? 1 : 0;
        return outcome;
    }

    private ExtractionOutcome Parse(byte[] message)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            return ExtractionOutcome.ParsingError;
        }

        using (document)
        {
            return document.RootElement.TryGetProperty("_aws"u8, out JsonElement aws) ? Read(document.RootElement, aws) : ExtractionOutcome.NoDocument;
        }
    }

    private ExtractionOutcome Read(JsonElement root, JsonElement aws)
    {
        if (aws.ValueKind != JsonValueKind.Object
            || !aws.TryGetProperty("CloudWatchMetrics"u8, out JsonElement directives)
            || directives.ValueKind != JsonValueKind.Array)
        {
            return ExtractionOutcome.ParsingError;
        }

        int before = Found.Count;
        try
        {
            long time = DirectiveRules.CheckTimestamp(aws);
            foreach (JsonElement directive in directives.EnumerateArray())
            {
                Found.AddRange(DirectiveRules.Check(root, directive, time / 1000));
            }

            DropOutside(before, DateTimeOffset.FromUnixTimeMilliseconds(time));
            return ExtractionOutcome.Extracted;
        }
        catch (CloudWatchException)
        {
            Found.RemoveRange(before, Found.Count - before);
            return ExtractionOutcome.ValidationError;
        }
    }

    // A time that PutMetricData would refuse is lost without a word here.
    private void DropOutside(int before, DateTimeOffset time)
    {
        if (time < now - PutMetricDataLimits.MaxAge || time > now + PutMetricDataLimits.MaxLead)
        {
            Found.RemoveRange(before, Found.Count - before);
        }
    }
}
