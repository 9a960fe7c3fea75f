#!/usr/bin/env bash
# Publishes the Lambda sample trimmed and without warnings, and runs it. eng/package-test.sh does the same for a worker. Usage: eng/samples-test.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  echo "samples test: $1" >&2
  if [[ -n "${2:-}" ]]; then cat "$2" >&2; fi
  exit 1
}

# Publishes the program to $folder/NAME. Returns 1 if the machine has no runtime for publishing. Build output does not go to the folders of the projects.
publish() {
  local name=$1 log="$folder/$1.log"
  local settings=(-r "$rid" -p:SelfContained=true -p:PublishTrimmed=true -p:TrimmerSingleWarn=false -p:TreatWarningsAsErrors=true -p:UseArtifactsOutput=true "-p:ArtifactsPath=$folder/artifacts")
  if ! dotnet restore "samples/$name" "${settings[@]}" > "$log" 2>&1; then
    grep -Eq 'NU110[123].*(Microsoft\.(NETCore|AspNetCore)\.App|ILLink|ILCompiler)' "$log" || fail "$name cannot be restored" "$log"
    echo "The trimmed sample is skipped: $(grep -Eom 1 'NU110[123].*' "$log")"
    return 1
  fi

  dotnet publish "samples/$name" -c Release --no-restore "${settings[@]}" -o "$folder/$name" > "$log" 2>&1 || fail "$name cannot be published without a warning" "$log"
}

# Runs three invocations. There must be three orders, and every line must be an EMF document.
lambda() {
  "$folder/Lambda/Lambda" --invocations 3 > "$folder/lambda.out" 2> "$folder/lambda.err" || fail "the function does not run" "$folder/lambda.err"
  [[ $(grep -c '"OrdersShipped"' "$folder/lambda.out") -ge 3 ]] || fail "the function printed no metrics" "$folder/lambda.out"
  ! grep -qv '^{"_aws":' "$folder/lambda.out" || fail "standard output contains lines that are not documents" "$folder/lambda.out"
}

rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
if publish Lambda; then lambda; fi
du -sm "$folder"/*/ | sed "s#$folder/##" | grep -v artifacts | awk '{ print "trimmed: " $2 " " $1 " MB" }'
