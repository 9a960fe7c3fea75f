namespace CloudObserve.Testing.Wire;

/// <summary>The exception that is thrown when the service answers a request with an error.</summary>
internal sealed class ServiceFault(int status, string code, string message) : Exception(message)
{
    internal ScriptedAnswer Answer { get; } = new(status, code, message);

    internal static ServiceFault InvalidValue(string message) => new(400, "InvalidParameterValueException", message);

    internal static ServiceFault Missing(string message) => new(400, "MissingRequiredParameterException", message);

    internal static ServiceFault Combination(string message) => new(400, "InvalidParameterCombinationException", message);
}
