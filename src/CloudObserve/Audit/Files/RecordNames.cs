namespace CloudObserve.Audit.Files;

/// <summary>Contains the names of a record's members in CloudTrail's spelling, and the trail's own names.</summary>
internal static class RecordNames
{
    internal const string EventVersion = "eventVersion";
    internal const string UserIdentity = "userIdentity";
    internal const string EventTime = "eventTime";
    internal const string EventSource = "eventSource";
    internal const string EventName = "eventName";
    internal const string AwsRegion = "awsRegion";
    internal const string SourceIPAddress = "sourceIPAddress";
    internal const string UserAgent = "userAgent";
    internal const string ErrorCode = "errorCode";
    internal const string ErrorMessage = "errorMessage";
    internal const string RequestParameters = "requestParameters";
    internal const string ResponseElements = "responseElements";
    internal const string AdditionalEventData = "additionalEventData";
    internal const string RequestId = "requestID";
    internal const string EventId = "eventID";
    internal const string ReadOnly = "readOnly";
    internal const string Resources = "resources";
    internal const string EventType = "eventType";
    internal const string ManagementEvent = "managementEvent";
    internal const string RecipientAccountId = "recipientAccountId";
    internal const string SharedEventId = "sharedEventID";
    internal const string EventCategory = "eventCategory";
    internal const string InsightDetails = "insightDetails";

    // A member of userIdentity and of a resource.
    internal const string Type = "type";
    internal const string PrincipalId = "principalId";
    internal const string Arn = "arn";
    internal const string AccountId = "accountId";
    internal const string AccessKeyId = "accessKeyId";
    internal const string UserName = "userName";
    internal const string InvokedBy = "invokedBy";
    internal const string SessionContext = "sessionContext";
    internal const string SessionIssuer = "sessionIssuer";
    internal const string Attributes = "attributes";
    internal const string CreationDate = "creationDate";
    internal const string MfaAuthenticated = "mfaAuthenticated";
    internal const string SourceIdentity = "sourceIdentity";
    internal const string ResourceArn = "ARN";

    /// <summary>In <see cref="AdditionalEventData"/>, always first: the position of the record in the chain.</summary>
    internal const string Trail = "trail";

    /// <summary>In <see cref="Trail"/>: the number of the record.</summary>
    internal const string Sequence = "sequence";

    /// <summary>In <see cref="Trail"/>: the hash of the line before.</summary>
    internal const string PreviousHash = "previousHash";

    /// <summary>In <see cref="AdditionalEventData"/>: the link between an intent and its outcome.</summary>
    internal const string Action = "action";

    /// <summary>In <see cref="Action"/>: whether the record is the <see cref="Intent"/> or the <see cref="Outcome"/>.</summary>
    internal const string Phase = "phase";

    internal const string Intent = "intent";
    internal const string Outcome = "outcome";

    /// <summary>In <see cref="AdditionalEventData"/>: the names of members that were omitted because of their size.</summary>
    internal const string Omitted = "omitted";

    /// <summary>The format of the times in records and digests.</summary>
    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";
}
