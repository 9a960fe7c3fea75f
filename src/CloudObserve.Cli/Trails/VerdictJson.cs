using System.Text;
using System.Text.Json;
using CloudObserve.Audit;
using CloudObserve.Cli.Filters;

namespace CloudObserve.Cli.Trails;

/// <summary>Writes the result of a verification as JSON.</summary>
internal static class VerdictJson
{
    internal static void Write(TextWriter output, AuditVerification verdict)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, new JsonWriterOptions { Encoder = MatchWriter.Encoder }))
        {
            Write(json, verdict);
        }

        output.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, AuditVerification verdict)
    {
        json.WriteStartObject();
        json.WriteString("intact", Name(verdict.Intact));
        json.WriteString("complete", Name(verdict.Complete));
        json.WriteNumber("records", verdict.Records);
        json.WriteNumber("undigestedRecords", verdict.UndigestedRecords);
        json.WriteNumber("logFiles", verdict.LogFiles);
        json.WriteNumber("digests", verdict.Digests);
        Write(json, "firstSequence", verdict.FirstSequence);
        Write(json, "lastSequence", verdict.LastSequence);
        Write(json, "digestedFrom", verdict.DigestedFrom);
        Write(json, "digestedUntil", verdict.DigestedUntil);
        json.WriteStartArray("findings");
        foreach (AuditFinding finding in verdict.Findings)
        {
            Write(json, finding);
        }

        json.WriteEndArray();
        json.WriteNumber("furtherFindings", verdict.FurtherFindings);
        json.WriteStartArray("remarks");
        foreach (string remark in verdict.Remarks)
        {
            json.WriteStringValue(remark);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AuditFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()));
        json.WriteString("subject", JsonNamingPolicy.CamelCase.ConvertName(finding.Subject.ToString()));
        json.WriteString("place", finding.Place);
        Write(json, "sequence", finding.Sequence);
        Write(json, "offset", finding.Offset);
        json.WriteString("message", finding.Message);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, long? value)
    {
        if (value is long number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is DateTimeOffset time)
        {
            json.WriteString(name, time.UtcDateTime);
        }
    }

    private static string Name(AuditAnswer answer) => JsonNamingPolicy.CamelCase.ConvertName(answer.ToString());
}
