namespace CloudObserve.Audit;

/// <summary>The audit trail could not keep a record, or could not be opened at all.</summary>
public sealed class AuditTrailException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="AuditTrailException"/> class.</summary>
    public AuditTrailException()
        : this("The audit trail could not keep a record.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="AuditTrailException"/> class.</summary>
    /// <param name="message">What could not be done, and why.</param>
    public AuditTrailException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="AuditTrailException"/> class.</summary>
    /// <param name="message">What could not be done, and why.</param>
    /// <param name="innerException">What stood in the way.</param>
    public AuditTrailException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
