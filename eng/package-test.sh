#!/usr/bin/env bash
# Tests the packages as a new user would use them. It creates a worker and a web application, each in an empty folder, and adds the packages from a folder.
# Both run with the default settings, and with their own formatter and sink. Both also run trimmed and self-contained. Then the tool is installed and run.
# Needs only the SDK. Usage: eng/package-test.sh FOLDER-OF-PACKAGES
set -euo pipefail

feed=$(cd "$1" && pwd)
version=$(basename "$(ls "$feed"/CloudObserve.[0-9]*.nupkg | head -n 1)" .nupkg)
version=${version#CloudObserve.}
known_packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  echo "package test: $1" >&2
  if [[ -n "${2:-}" ]]; then cat "$2" >&2; fi
  exit 1
}

# An earlier package with the same version must not be used. So the new packages go to their own folder, and other packages are reused.
export NUGET_PACKAGES="$folder/packages"

# new_project NAME TEMPLATE PACKAGE...: creates a project in an empty folder.
new_project() {
  local name=$1 template=$2 package
  shift 2
  mkdir "$folder/$name"
  cd "$folder/$name"
  cat > NuGet.config << XML
<configuration>
  <packageSources>
    <add key="packed" value="$feed" />
  </packageSources>
  <fallbackPackageFolders>
    <add key="known" value="$known_packages" />
  </fallbackPackageFolders>
</configuration>
XML
  if [[ ! -d "$known_packages" ]]; then sed -i '/<fallbackPackageFolders>/,/<\/fallbackPackageFolders>/d' NuGet.config; fi
  dotnet new "$template" --no-restore > new.log || fail "no project of the template $template" new.log
  for package in "$@"; do
    dotnet add package "$package" --version "$version" > add.log || fail "$package cannot be added" add.log
  done
  cat > ShortLines.cs << 'CS'
using System.Buffers;
using System.Text;
using CloudObserve.Logs;

/// <summary>Formats log events as short lines.</summary>
internal sealed class ShortLines : ILogEventFormatter
{
    public void Format(in LogEvent logEvent, IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes($"mine|{logEvent.Level}|"));
        logEvent.WriteMessage(output);
    }
}
CS
  cat > CountingSink.cs << 'CS'
using System.Text;
using CloudObserve.Delivery;

/// <summary>Counts the items that it receives, and the lines that the application's formatter wrote.</summary>
internal sealed class CountingSink : IBatchSink
{
    private int _metrics;
    private int _events;
    private int _lines;

    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        bool isLogs = batch.Operation == "PutLogEvents";
        Interlocked.Add(ref isLogs ? ref _events : ref _metrics, batch.ItemCount);
        Interlocked.Add(ref _lines, Encoding.UTF8.GetString(batch.Body.Span).Split("mine|Information|Order ").Length - 1);
        return ValueTask.FromResult(SendResult.Delivered());
    }

    public override string ToString() => $"sink: {(_metrics > 0 ? "metrics" : "no metrics")}, {(_events >= _lines ? "events" : "too few events")}, {_lines} lines of orders";
}
CS
}

worker() {
  cat > Program.cs << 'CS'
using CloudObserve.Metrics;
using Shop;

CountingSink sink = new();
HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
var observe = builder.AddCloudObserve().WithMetrics(m => m.Namespace = "Shop").WithLogs();
if (args.Contains("own"))
{
    observe.UseSink(_ => sink).UseLogEventFormatter(_ => new ShortLines());
}

builder.Services.AddHostedService<Worker>();
builder.Build().Run();
Console.WriteLine(sink);
CS
  cat > Worker.cs << 'CS'
using CloudObserve.Metrics;

namespace Shop;

public sealed partial class Worker(IMetricPublisher metrics, ILogger<Worker> logger, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int order = 1; order <= 100; order++)
        {
            metrics.Put("OrderValue", order, MetricUnit.None, ("Region", "eu"));
            Placed(order);
        }

        lifetime.StopApplication();
        return Task.CompletedTask;
    }

    [LoggerMessage(1, LogLevel.Information, "Order {Order} placed")]
    private partial void Placed(int order);
}
CS
}

# The application sends the requests itself, because the machine may have no HTTP client.
web() {
  cat > Program.cs << 'CS'
using CloudObserve.Metrics;
using Shop;

CountingSink sink = new();
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
var observe = builder.AddCloudObserve()
    .WithMetrics(m => m.Namespace = "Shop")
    .WithLogs()
    .AddMetricFilter("Orders", "Order", t => t.Metric("Shop", "OrdersInLogs"))
    .WithAuditTrail(a => a.PublishMetrics = false)
    .WithAuditedEndpoints();
if (args.Contains("own"))
{
    observe.UseSink(_ => sink).UseLogEventFormatter(_ => new ShortLines());
}

var app = builder.Build();
app.MapPost("/orders/{number}", (string number, IMetricPublisher metrics, ILoggerFactory loggers) =>
{
    metrics.Put("OrderValue", number.Length);
    ShopLog.Placed(loggers.CreateLogger("Shop"), number);
    return Results.NoContent();
}).Audited("PlaceOrder", "order/{number}");
app.MapCloudObserveStatus();
await app.StartAsync();

using HttpClient http = new() { BaseAddress = new Uri(app.Urls.First()) };
for (int i = 0; i < 100; i++)
{
    using HttpResponseMessage answer = await http.PostAsync($"/orders/{i}", null);
    answer.EnsureSuccessStatusCode();
}

await app.Services.GetRequiredService<CloudObserve.ICloudObserve>().FlushAsync();
Console.WriteLine(await http.GetStringAsync("/observe/status"));
http.DefaultRequestHeaders.Add("Accept", "text/html");
Console.WriteLine(await http.GetStringAsync("/observe/status"));
await app.StopAsync();
await app.DisposeAsync();
Console.WriteLine(sink);
CS
  cat > ShopLog.cs << 'CS'
namespace Shop;

internal static partial class ShopLog
{
    [LoggerMessage(1, LogLevel.Information, "Order {Order} placed")]
    internal static partial void Placed(ILogger logger, string order);
}
CS
}

# Checks the last log messages of the library. 100 orders are 100 samples, and 100 log events in addition to those of the host.
expect_delivery() {
  grep -Eq "Stopped with all metrics delivered: ($2) accepted, \1 delivered\." "$1" || fail "metrics were not delivered" "$1"
  grep -Eq 'Stopped with all logs delivered: ([1-9][0-9]{2}) accepted, \1 delivered\.' "$1" || fail "logs were not delivered" "$1"
  grep 'Stopped with' "$1"
}

expect_own() {
  grep -q 'publishes to a sink of the application' "$1" || fail "the application's own sink is not in use" "$1"
  grep -Fxq 'sink: metrics, events, 100 lines of orders' "$1" || fail "the application's own formatter or sink did not get everything" "$1"
}

# expect LOG: checks the output of a run. The expected values depend on the project.
expect() {
  if [[ $(basename "$PWD") == Worker ]]; then
    expect_delivery "$1" 100
    return
  fi

  # Each order has one sample, and the metric filter adds one for its log event.
  expect_delivery "$1" 200
  grep -q 'Stopped with all audit delivered: 100 accepted, 100 delivered\.' "$1" || fail "records were not kept" "$1"
  grep -q '"matched": 100,' "$1" || fail "the status does not show what the filter matched" "$1"
  grep -Fq '<h1>CloudObserve: Healthy</h1>' "$1" || fail "the status is no page, or not healthy" "$1"
}

# run LOG PROGRAM...: runs the program with the default settings, and then with its own formatter and sink.
run() {
  local log=$1
  shift
  "$@" > "$log" 2>&1 || fail "it does not run" "$log"
  expect "$log"
  "$@" own > "own-$log" 2>&1 || fail "it does not run with a sink of its own" "own-$log"
  expect_own "own-$log"
}

plain() {
  dotnet build > build.log 2>&1 || fail "it does not build" build.log

  # The template requires a version, and the package source may have only a newer one.
  if grep 'warning ' build.log | grep -qv NU1603; then fail "it builds with warnings" build.log; fi
  run run.log dotnet run --no-build --
}

# Checks the schema that editors use to complete appsettings.json.
schema() {
  dotnet msbuild -getItem:JsonSchemaSegment > schema.log || fail "the project cannot be evaluated" schema.log
  local path
  path=$(sed -n 's/.*"FullPath": "\(.*ConfigurationSchema\.json\)".*/\1/p' schema.log)
  [[ -f "$path" ]] || fail "the schema of appsettings.json is not found through the package" schema.log
  grep -q '"CloudObserve"' "$path" || fail "the schema is empty" "$path"
}

# The previous run created an audit trail in the folder of the project. It must not be published, and neither must files with the names of earlier versions.
published() {
  [[ -f audit/journal/journal.head ]] || fail "the run left no trail in the project's folder" run.log
  [[ $(< audit/.gitignore) == '*' ]] || fail "the trail says nothing to git" run.log
  [[ -z $(find audit -name '*.json' -o -name '*.config') ]] || fail "the trail has files that the Web SDK publishes" run.log
  cp audit/journal/journal.head audit/journal/head.json
  dotnet publish -c Release -o released > released.log 2>&1 || fail "it cannot be published" released.log
  [[ ! -e released/audit ]] || fail "the audit trail of this machine is published" released.log
  rm -rf released
}

trimmed() {
  local rid program
  rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
  program=$(basename "$PWD")
  local settings=(-r "$rid" -p:SelfContained=true -p:PublishTrimmed=true -p:TrimmerSingleWarn=false)
  if ! dotnet restore "${settings[@]}" > restore.log 2>&1; then
    grep -Eq 'NU110[123].*(Microsoft\.(NETCore|AspNetCore)\.App|ILLink|ILCompiler)' restore.log || fail "it cannot be restored to be trimmed" restore.log
    echo "$program, trimmed, is skipped: $(grep -Eom 1 'NU110[123].*' restore.log)"
    return
  fi

  dotnet publish -c Release --no-restore "${settings[@]}" -p:TreatWarningsAsErrors=true -o published > publish.log 2>&1 || fail "it cannot be published trimmed without a warning" publish.log
  run trimmed.log "./published/$program"
  echo "$program, trimmed: $(du -sm published | cut -f 1) MB"
}

tool() {
  dotnet tool install CloudObserve.Cli --version "$version" --tool-path "$folder/tools" > tool.log 2>&1 || fail "the tool cannot be installed" tool.log
  printf '{"level":"Error"}\n{"level":"Info"}\n' > app.log
  [[ $("$folder/tools/cloudobserve" filter test --pattern '{ $.level = "Error" }' --count app.log) == 1 ]] || fail "the tool does not run"
}

new_project Worker worker CloudObserve
worker
plain
schema
trimmed
new_project Web web CloudObserve CloudObserve.AspNetCore
web
plain
published
trimmed
tool
