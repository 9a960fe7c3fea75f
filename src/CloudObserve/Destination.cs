namespace CloudObserve;

/// <summary>Where the data goes.</summary>
public enum Destination
{
    /// <summary>The embedded CloudWatch inside the process: no account, no network. What it holds ends with the process.</summary>
    Local = 0,

    /// <summary>Amazon CloudWatch, found through the standard chain of AWS credentials, region and endpoint.</summary>
    Aws,
}
