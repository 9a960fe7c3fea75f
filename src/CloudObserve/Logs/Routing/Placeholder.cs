namespace CloudObserve.Logs.Routing;

/// <summary>What a part of a template stands for.</summary>
internal enum Placeholder
{
    /// <summary>Nothing: text that stands for itself.</summary>
    Text,

    /// <summary>The application's name.</summary>
    Application,

    /// <summary>The host's environment, such as Production.</summary>
    Environment,

    /// <summary>The machine's name.</summary>
    Host,

    /// <summary>The instance: an ECS task, a pod, or the machine.</summary>
    Instance,

    /// <summary>The name of the process's executable.</summary>
    Process,

    /// <summary>The UTC day of the event's time, as yyyy-MM-dd.</summary>
    Date,

    /// <summary>The event's category.</summary>
    Category,
}
