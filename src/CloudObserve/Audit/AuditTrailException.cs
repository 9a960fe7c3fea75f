namespace CloudObserve.Audit;

/// <summary>The exception that is thrown when the audit trail cannot store a record or cannot be opened.</summary>
public sealed class AuditTrailException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="AuditTrailException"/> class.</summary>
    public AuditTrailException()
        : this("The audit trail could not store a record.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="AuditTrailException"/> class.</summary>
    /// <param name="message">The operation that failed, and the reason.</param>
    public AuditTrailException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="AuditTrailException"/> class.</summary>
    /// <param name="message">The operation that failed, and the reason.</param>
    /// <param name="innerException">The cause.</param>
    public AuditTrailException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
