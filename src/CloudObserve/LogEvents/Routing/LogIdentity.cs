namespace CloudObserve.LogEvents.Routing;

/// <summary>Holds the values of the placeholders in group and stream names.</summary>
/// <remarks>They are the same after a restart in the same place.</remarks>
/// <param name="Application">The name of the application.</param>
/// <param name="EnvironmentName">The environment of the host, such as Production.</param>
/// <param name="Host">The name of the machine.</param>
/// <param name="Instance">
/// The id of the ECS task or container, else <c>HOSTNAME</c> (the name of a pod), else the name of the machine.
/// </param>
/// <param name="Process">The name of the process's executable.</param>
internal sealed record LogIdentity(string Application, string EnvironmentName, string Host, string Instance, string Process)
{
    // ECS sets the variable in every container. The last segment of its URI begins with the task's id on Fargate, and is the container's id
    // on EC2. So the endpoint itself need not be called.
    private const string EcsMetadataVariable = "ECS_CONTAINER_METADATA_URI_V4";

    /// <summary>Determines the values from the process and its environment.</summary>
    /// <param name="application">The name of the application.</param>
    /// <param name="environmentName">The environment of the host.</param>
    /// <param name="variable">Reads an environment variable.</param>
    internal static LogIdentity Detect(string application, string environmentName, Func<string, string?> variable)
    {
        string host = Environment.MachineName;
        string? instance = EcsInstance(variable(EcsMetadataVariable)) ?? variable("HOSTNAME");
        return new LogIdentity(
            application,
            environmentName,
            host,
            string.IsNullOrWhiteSpace(instance) ? host : instance,
            Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? application);
    }

    private static string? EcsInstance(string? metadataUri)
    {
        if (!Uri.TryCreate(metadataUri, UriKind.Absolute, out Uri? uri))
        {
            return null;
        }

        // On Fargate it is "<task id>-<number of the container>". An id on EC2 contains dashes itself and is kept whole.
        string last = uri.Segments[^1].Trim('/');
        const int TaskIdLength = 32;
        bool isTask = last.IndexOf('-', StringComparison.Ordinal) == TaskIdLength;
        string id = isTask ? last[..TaskIdLength] : last;
        return id.Length == 0 ? null : id;
    }
}
