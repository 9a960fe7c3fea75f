namespace CloudObserve.Hosting;

/// <summary>
/// Marks in the service collection that the options are bound, so that a second call does not bind them again and overwrite values set in
/// code.
/// </summary>
internal sealed class ConfigurationMarker;
