namespace CloudObserve.Logs.Routing;

/// <summary>Who is logging: what the placeholders of group and stream names stand for. All of it is the same after a restart in the same place.</summary>
/// <param name="Application">The application's name.</param>
/// <param name="EnvironmentName">The host's environment, such as Production.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Instance">The ECS task's or container's id, else <c>HOSTNAME</c> (a pod's name), else the machine's name.</param>
/// <param name="Process">The name of the process's executable.</param>
internal sealed record LogIdentity(string Application, string EnvironmentName, string Host, string Instance, string Process)
{
    // ECS sets it in every container; its last segment begins with the task's id on Fargate and is the container's id on EC2. Reading the
    // variable is enough: the endpoint behind it need not be called.
    private const string EcsMetadataVariable = "ECS_CONTAINER_METADATA_URI_V4";

    /// <summary>Finds out who is logging.</summary>
    /// <param name="application">The application's name.</param>
    /// <param name="environmentName">The host's environment.</param>
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

        // On Fargate "<task id>-<number of the container>"; an id of EC2 has dashes of its own and is kept whole.
        string last = uri.Segments[^1].Trim('/');
        const int TaskIdLength = 32;
        bool isTask = last.IndexOf('-', StringComparison.Ordinal) == TaskIdLength;
        string id = isTask ? last[..TaskIdLength] : last;
        return id.Length == 0 ? null : id;
    }
}
