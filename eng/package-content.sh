#!/usr/bin/env bash
# Checks that the packages contain README, icon, licence, symbols and the commit, and that the build is deterministic.
# Usage: eng/package-content.sh FOLDER-OF-PACKAGES
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet run "$root/eng/package-content.cs" -- "$1" "$root"

# Compiles one assembly again. It must have the same bytes as before.
name=CloudObserve.AspNetCore
assembly=$root/src/$name/bin/Release/net10.0/$name.dll
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp "$assembly" "$before/"
CI=true dotnet build "$root/src/$name" -c Release --no-restore --no-dependencies --no-incremental > "$before/build.log" 2>&1 || { cat "$before/build.log" >&2; exit 1; }
cmp "$before/$name.dll" "$assembly"
echo "$name: the build is deterministic"
