namespace CloudObserve.LogEvents.Redaction;

/// <summary>Specifies how certain the position of a value makes it that it is the value of a field, the most certain first.</summary>
internal enum ValueSetting
{
    /// <summary>A member of a JSON object, a pair of a dictionary, or the like.</summary>
    Member,

    /// <summary>A part of a query string, a connection string, a record's text, or an XML document.</summary>
    Listed,

    /// <summary>After an equals sign.</summary>
    Assigned,

    /// <summary>After a colon in a sentence.</summary>
    Spoken,
}
