using System.Text.Json;
using CloudObserve.Testing.Wire;

namespace CloudObserve.Testing.Services;

/// <summary>Defines an operation of an AWS service that the server supports.</summary>
internal interface IOperation
{
    /// <summary>Gets the operation's name.</summary>
    string Name { get; }

    /// <summary>Gets the protocol of the operation's service.</summary>
    ScriptedProtocol Protocol { get; }

    /// <summary>Serves a request completely or not at all.</summary>
    /// <param name="body">The body of the request.</param>
    /// <param name="invalidMember">The one-based index of an item to reject.</param>
    /// <returns>The content of the answer and the number of accepted items.</returns>
    /// <exception cref="Wire.ServiceFault">The request breaks a rule of the service. Nothing was stored.</exception>
    Served Serve(JsonElement body, int? invalidMember);
}
