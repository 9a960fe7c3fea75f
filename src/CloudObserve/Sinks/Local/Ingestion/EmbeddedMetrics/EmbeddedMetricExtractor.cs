using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion.EmbeddedMetrics;

/// <summary>Extracts metrics from log events in the embedded metric format, as CloudWatch does.</summary>
/// <remarks>
/// All metrics of a document are extracted, or none if it breaks a rule. The event is stored as a log event in every case, and its sender
/// gets no error. The metrics have the timestamp of the document, not that of the event.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EmbeddedMetricExtractor(DateTimeOffset now)
{
    private const int MaxDepth = 1000;

    /// <summary>Gets the metrics found so far.</summary>
    internal List<Observation> Found { get; } = [];

    /// <summary>Gets the number of events that are not JSON or not a document: <c>EMFParsingErrors</c>.</summary>
    internal int ParsingErrors { get; private set; }

    /// <summary>Gets the number of documents that broke a rule: <c>EMFValidationErrors</c>.</summary>
    internal int ValidationErrors { get; private set; }

    /// <summary>Extracts the metrics of an event, if it has any.</summary>
    /// <param name="message">The event's text.</param>
    internal ExtractionOutcome Extract(byte[] message)
    {
        // A document must be one JSON object without anything before it; other events are not examined further.
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
            return document.RootElement.TryGetProperty("_aws"u8, out JsonElement aws)
                ? Read(document.RootElement, aws) : ExtractionOutcome.NoDocument;
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

    // Metrics with a timestamp that PutMetricData would refuse are dropped without an error.
    private void DropOutside(int before, DateTimeOffset time)
    {
        if (time < now - ServiceLimits.MaxAge || time > now + ServiceLimits.MaxAhead)
        {
            Found.RemoveRange(before, Found.Count - before);
        }
    }
}
