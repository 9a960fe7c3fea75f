namespace CloudObserve.Hosting;

/// <summary>Marks in the service collection that the options are bound.</summary>
/// <remarks>A second call must not bind them again, because it would overwrite values set in code.</remarks>
internal sealed class ConfigurationMarker;
