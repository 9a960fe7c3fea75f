using CloudObserve.Audit.Files;

namespace CloudObserve.Audit.Records;

/// <summary>Encodes the records that the trail creates about itself.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class OwnRecords(RecordDefaults defaults, TimeProvider time)
{
    internal EncodedRecord Encode(string name, AuditData data)
    {
        using RecordEncoder encoder = new(defaults, redactor: null);
        AuditEvent auditEvent = new(name)
        {
            EventSource = OwnEvents.Source,
            EventType = "AwsServiceEvent",
            UserIdentity = new AuditIdentity("AWSService") { InvokedBy = OwnEvents.Source },
            AdditionalEventData = data,
        };
        return encoder.Encode(auditEvent, time.GetUtcNow());
    }
}
