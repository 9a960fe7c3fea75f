namespace CloudObserve.Logs.Capture;

/// <summary>The parts of a record in the order in which they are written, each with the share of the record, in 32nds, that it and those before may take.</summary>
/// <remarks>A document of the embedded metric format of the largest size fits as a value, and as a message beside it if it is little smaller.</remarks>
internal enum RecordStage
{
    Values = 18,
    Message = 27,
    Scopes = 30,
    Exception = 32,
}
