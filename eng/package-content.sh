#!/usr/bin/env bash
# Looks whether the packages hold README, icon, licence, symbols and where they come from, and were built so that the same source gives the same bytes.
# Usage: eng/package-content.sh FOLDER-OF-PACKAGES
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dotnet run "$root/eng/package-content.cs" -- "$1" "$root"
