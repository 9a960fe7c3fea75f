namespace CloudObserve;

/// <summary>Specifies the destination of the data.</summary>
public enum Destination
{
    /// <summary>The embedded CloudWatch inside the process, without an account or a network. Its data ends with the process.</summary>
    Local = 0,

    /// <summary>Amazon CloudWatch, found through the standard chain of AWS credentials, region and endpoint.</summary>
    Aws,
}
