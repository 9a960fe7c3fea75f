using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.StorefrontRecorder;

/// <summary>Adds the recorder to the services of a host when the host is built, after the application has added its own.</summary>
internal sealed class HostBuilding : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.Extensions.Hosting")
        {
            _ = value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: nameof(HostBuilding), Value: IHostBuilder host })
        {
            _ = host.ConfigureServices(static (_, services) => services.AddRecorder());
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
