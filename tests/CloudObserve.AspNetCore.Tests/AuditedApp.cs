using System.Security.Cryptography;
using CloudObserve.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.AspNetCore.Tests;

/// <summary>An application on Kestrel, with a trail in memory unless the one on disk is asked for.</summary>
internal sealed class AuditedApp : IAsyncDisposable
{
    // Made once: it is what takes longest when an application starts.
    private static readonly string SigningKey = MakeKey();

    private readonly WebApplication _app;
    private readonly DirectoryInfo _directory;

    private AuditedApp(WebApplication app, DirectoryInfo directory, ScriptedTrail trail)
    {
        _app = app;
        _directory = directory;
        Trail = trail;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 64 });
    }

    public ScriptedTrail Trail { get; }

    public HttpClient Http { get; }

    public string Directory => _directory.FullName;

    /// <summary>Builds the application, without starting it.</summary>
    public static AuditedApp Build(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null, bool onDisk = false)
    {
        DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("cloudobserve-");
        string key = Path.Combine(directory.FullName, "key.pem");
        File.WriteAllText(key, SigningKey);
        ScriptedTrail trail = new();
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = directory.FullName });
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ = builder.Logging.ClearProviders();
        _ = builder.AddCloudObserve().WithAuditTrail(a => (a.Directory, a.SigningKeyPath) = ("audit", key)).WithAuditedEndpoints();
        configure?.Invoke(builder);
        if (!onDisk)
        {
            _ = builder.Services.AddSingleton<IAuditTrail>(trail);
        }

        WebApplication app = builder.Build();
        map(app);
        return new AuditedApp(app, directory, trail);
    }

    public static async Task<AuditedApp> StartAsync(
        Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null, bool onDisk = false)
    {
        AuditedApp app = Build(map, configure, onDisk);
        await app.StartAsync();
        return app;
    }

    /// <summary>Adds authentication by <see cref="KeyHandler"/>, and a policy for managers.</summary>
    public static void WithUsers(WebApplicationBuilder builder)
    {
        _ = builder.Services.AddAuthentication(KeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyHandler.SchemeName, _ => { });
        _ = builder.Services.AddAuthorizationBuilder().AddPolicy("Managers", p => p.RequireRole("manager"));
    }

    public async Task StartAsync()
    {
        await _app.StartAsync();
        Http.BaseAddress = new Uri(_app.Urls.First());
    }

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? claims = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        if (claims is not null)
        {
            request.Headers.Add(KeyHandler.Header, claims);
        }

        return await Http.SendAsync(request);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static string MakeKey()
    {
        using RSA key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
