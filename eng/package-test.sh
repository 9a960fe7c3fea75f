#!/usr/bin/env bash
# Tries the packages as a new user would: a new worker in an empty folder adds CloudObserve from a folder of packages, runs, and is published trimmed;
# the tool is installed and runs. Usage: eng/package-test.sh FOLDER-OF-PACKAGES
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

# A package that was tried before must not be found again under the same version: what is new goes into a folder of its own, the rest is reused.
export NUGET_PACKAGES="$folder/packages"
new_project() {
  mkdir "$folder/Shop"
  cd "$folder/Shop"
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
  dotnet new worker --no-restore > new.log || fail "no worker project" new.log
  dotnet add package CloudObserve --version "$version" > add.log || fail "the package cannot be added" add.log
  cat > Program.cs << 'CS'
using CloudObserve.Metrics;
using Shop;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.AddCloudObserve().WithMetrics(m => m.Namespace = "Shop").WithLogs();
builder.Services.AddHostedService<Worker>();
builder.Build().Run();
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

# The library says at the end what became of everything; 100 orders are 100 samples, and 100 events beside those of the host.
expect_delivery() {
  grep -q 'Stopped with all metrics delivered: 100 accepted, 100 delivered\.' "$1" || fail "metrics were not delivered" "$1"
  grep -Eq 'Stopped with all logs delivered: (1[0-9]{2}) accepted, \1 delivered\.' "$1" || fail "logs were not delivered" "$1"
  grep 'Stopped with' "$1"
}

plain() {
  dotnet run > run.log 2>&1 || fail "the worker does not run" run.log
  expect_delivery run.log
}

# What editors complete appsettings.json with.
schema() {
  dotnet msbuild -getItem:JsonSchemaSegment > schema.log || fail "the project cannot be evaluated" schema.log
  local path
  path=$(sed -n 's/.*"FullPath": "\(.*ConfigurationSchema\.json\)".*/\1/p' schema.log)
  [[ -f "$path" ]] || fail "the schema of appsettings.json is not found through the package" schema.log
  grep -q '"CloudObserve"' "$path" || fail "the schema is empty" "$path"
}

trimmed() {
  local rid
  rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
  local settings=(-r "$rid" -p:SelfContained=true -p:PublishTrimmed=true -p:TrimmerSingleWarn=false)
  if ! dotnet restore "${settings[@]}" > restore.log 2>&1; then
    grep -Eq 'NU110[123].*(Microsoft\.(NETCore|AspNetCore)\.App|ILLink|ILCompiler)' restore.log || fail "the trimmed worker cannot be restored" restore.log
    echo "The trimmed worker is skipped: $(grep -Eom 1 'NU110[123].*' restore.log)"
    return
  fi

  dotnet publish -c Release --no-restore "${settings[@]}" -p:TreatWarningsAsErrors=true -o published > publish.log 2>&1 || fail "the trimmed worker cannot be published without a warning" publish.log
  ./published/Shop > trimmed.log 2>&1 || fail "the trimmed worker does not run" trimmed.log
  expect_delivery trimmed.log
  echo "trimmed: $(du -sm published | cut -f 1) MB"
}

tool() {
  dotnet tool install CloudObserve.Cli --version "$version" --tool-path "$folder/tools" > tool.log 2>&1 || fail "the tool cannot be installed" tool.log
  printf '{"level":"Error"}\n{"level":"Info"}\n' > app.log
  [[ $("$folder/tools/cloudobserve" filter test --pattern '{ $.level = "Error" }' --count app.log) == 1 ]] || fail "the tool does not run"
}

new_project
plain
schema
trimmed
tool
