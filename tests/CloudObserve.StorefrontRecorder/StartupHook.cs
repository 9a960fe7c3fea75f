using System.Diagnostics;
using CloudObserve.StorefrontRecorder;

/// <summary>The entry point that the runtime calls before the shop's own. The runtime expects this name, outside any namespace.</summary>
internal static class StartupHook
{
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new HostBuilding());
}
