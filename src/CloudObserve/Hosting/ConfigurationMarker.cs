namespace CloudObserve.Hosting;

/// <summary>Stands in the services for "the options are bound", so that a second call does not bind them again over what code has set.</summary>
internal sealed class ConfigurationMarker;
