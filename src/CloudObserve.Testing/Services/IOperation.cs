using System.Text.Json;

namespace CloudObserve.Testing.Services;

/// <summary>An operation of an AWS service that the server speaks.</summary>
internal interface IOperation
{
    /// <summary>Gets the operation's name.</summary>
    string Name { get; }

    /// <summary>Gets how its service is spoken to.</summary>
    ServiceProtocol Protocol { get; }

    /// <summary>Serves a request: all of it or nothing.</summary>
    /// <param name="body">What was sent.</param>
    /// <param name="invalidMember">The one-based place of an item that is to be called invalid.</param>
    /// <returns>What was taken, and the content of the answer.</returns>
    /// <exception cref="Wire.ServiceFault">The request breaks a rule of the service; nothing was kept.</exception>
    Served Serve(JsonElement body, int? invalidMember);
}
