using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace CloudObserve.Integration.Tests.Moto;

/// <summary>A real moto_server process on a free port of the loopback interface, for one class of tests.</summary>
public sealed class MotoServer : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new();
    private Process? _process;

    /// <summary>Gets the program's path; <see langword="null"/> when it is not on PATH.</summary>
    public static string? Program { get; } = (System.Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(directory => Path.Combine(directory, "moto_server"))
        .FirstOrDefault(File.Exists);

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>Gets the environment in which any AWS client finds it.</summary>
    public IReadOnlyDictionary<string, string> ClientEnvironment => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = Url.ToString(),
        ["AWS_REGION"] = "eu-west-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",

        // moto cannot read compressed JSON.
        ["AWS_DISABLE_REQUEST_COMPRESSION"] = "true",
    };

    public async Task InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        Url = new Uri($"http://127.0.0.1:{FreePort()}");
        _process = Process.Start(new ProcessStartInfo(Program, ["-H", "127.0.0.1", "-p", $"{Url.Port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Teaches its CloudFormation alarms: see sitecustomize.py.
            Environment = { ["PYTHONPATH"] = Path.Combine(AppContext.BaseDirectory, "Moto", "Alarms") },
        }) ?? throw new InvalidOperationException("moto_server did not start.");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await AnswersAsync();
    }

    public async Task DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    public void Dispose()
    {
        _process?.Dispose();
        _http.Dispose();
    }

    /// <summary>
    /// Calls an operation of CloudWatch over the query protocol: another protocol, by another client, than the one under test.
    /// </summary>
    /// <returns>The XML of the answer.</returns>
    public Task<string> QueryAsync(string action, params (string Name, string Value)[] parameters) =>
        QueryAsync("monitoring", "2010-08-01", action, "eu-west-1", parameters);

    /// <summary>Calls an operation of a service over the query protocol.</summary>
    /// <returns>The XML of the answer.</returns>
    public async Task<string> QueryAsync(
        string service, string version, string action, string region, params (string Name, string Value)[] parameters)
    {
        using FormUrlEncodedContent form = new([
            new("Action", action),
            new("Version", version),
            .. parameters.Select(p => new KeyValuePair<string, string>(p.Name, p.Value)),
        ]);
        using HttpRequestMessage request = new(HttpMethod.Post, Url) { Content = form };

        // moto does not verify signatures, but reads region and service from them.
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage answer = await _http.SendAsync(request);
        string xml = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? xml : throw new InvalidOperationException(xml);
    }

    /// <summary>Calls an operation of CloudWatch as the AWS command line would.</summary>
    /// <returns>The JSON of the answer.</returns>
    public Task<string> CloudWatchAsync(string operation, string request, string region = "eu-west-1") => JsonAsync(
        "monitoring", region, "application/x-amz-json-1.0", $"GraniteServiceVersion20100801.{operation}",
        System.Text.Encoding.UTF8.GetBytes(request));

    /// <summary>Calls an operation of CloudWatch Logs as any client would.</summary>
    /// <returns>The JSON of the answer.</returns>
    public async Task<JsonDocument> LogsAsync(string operation, object request) => JsonDocument.Parse(await JsonAsync(
        "logs", "eu-west-1", "application/x-amz-json-1.1", $"Logs_20140328.{operation}", JsonSerializer.SerializeToUtf8Bytes(request)));

    private async Task<string> JsonAsync(string service, string region, string type, string target, byte[] body)
    {
        using ByteArrayContent content = new(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using HttpRequestMessage message = new(HttpMethod.Post, Url) { Content = content };
        message.Headers.Add("X-Amz-Target", target);
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential=test/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        using HttpResponseMessage answer = await _http.SendAsync(message);
        string json = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? json : throw new InvalidOperationException(json);
    }

    private async Task AnswersAsync()
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await _http.GetAsync(new Uri(Url, "/moto-api/"));
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(start) < StartTimeout && _process is { HasExited: false })
            {
                // Another process says nothing when it begins to listen; it can only be asked.
                await Task.Delay(ProbeInterval, TimeProvider.System);
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
