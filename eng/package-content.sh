#!/usr/bin/env bash
# Looks whether the packages hold README, icon, licence, symbols and where they come from, and were built so that the same source gives the same bytes.
# Usage: eng/package-content.sh FOLDER-OF-PACKAGES
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet run "$root/eng/package-content.cs" -- "$1" "$root"

# The same source gives the same bytes: one assembly is compiled again, and must be what it was.
name=CloudObserve.AspNetCore
assembly=$root/src/$name/bin/Release/net10.0/$name.dll
before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
cp "$assembly" "$before/"
CI=true dotnet build "$root/src/$name" -c Release --no-restore --no-dependencies --no-incremental > "$before/build.log" 2>&1 || { cat "$before/build.log" >&2; exit 1; }
cmp "$before/$name.dll" "$assembly"
echo "$name: the same bytes when it is built again"
