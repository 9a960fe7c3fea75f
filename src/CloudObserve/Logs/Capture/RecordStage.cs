namespace CloudObserve.Logs.Capture;

/// <summary>Specifies the parts of a record in the order of writing.</summary>
/// <remarks>
/// The value is the share of the record, in 32nds, that the part and those before it may use. An embedded metric document of the largest
/// size fits as a value. If it is a little smaller, it also fits as a message beside the value.
/// </remarks>
internal enum RecordStage
{
    Values = 18,
    Message = 27,
    Scopes = 30,
    Exception = 32,
}
