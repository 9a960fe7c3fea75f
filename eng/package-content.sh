#!/usr/bin/env bash
# Looks whether the packages hold README, icon, licence, symbols and where they come from, and were built so that the same source gives the same bytes.
# Usage: eng/package-content.sh FOLDER-OF-PACKAGES
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

dotnet run "$root/eng/package-content.cs" -- "$1" "$root"

# The same source gives the same bytes: one assembly is compiled again, elsewhere, and must be the one that was packed.
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
name=CloudObserve.AspNetCore
CI=true dotnet build "$root/src/$name" -c Release --no-restore --no-dependencies -p:IntermediateOutputPath="$again/obj/" -o "$again/bin" > "$again/build.log" 2>&1 || { cat "$again/build.log" >&2; exit 1; }
cmp "$again/bin/$name.dll" "$root/src/$name/bin/Release/net10.0/$name.dll"
echo "$name: the same bytes when it is built again"
