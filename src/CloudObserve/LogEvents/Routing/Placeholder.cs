namespace CloudObserve.LogEvents.Routing;

/// <summary>Specifies the kind of a template part.</summary>
internal enum Placeholder
{
    /// <summary>Fixed text.</summary>
    Text,

    /// <summary>The name of the application.</summary>
    Application,

    /// <summary>The environment of the host, such as Production.</summary>
    Environment,

    /// <summary>The name of the machine.</summary>
    Host,

    /// <summary>The instance: an ECS task, a pod, or the machine.</summary>
    Instance,

    /// <summary>The name of the process's executable.</summary>
    Process,

    /// <summary>The UTC date of the event as yyyy-MM-dd.</summary>
    Date,

    /// <summary>The category of the event.</summary>
    Category,
}
