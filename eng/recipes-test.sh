#!/usr/bin/env bash
# Runs the commands of docs/recipes.md that create a test project, adds the two files of the page, and runs the tests.
# Usage: eng/recipes-test.sh FOLDER-OF-PACKAGES
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
feed=$(cd "$1" && pwd)
known_packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
step="recipes"
source "$root/eng/follow-page.sh"

split_page "$root/docs/recipes.md" "## Testing your own metrics"
empty_home
export NUGET_PACKAGES=$folder/home/.nuget/packages
dotnet nuget add source "$feed" --name cloudobserve > "$folder/source.log" || fail "the folder of packages cannot be a source" "$folder/source.log"

cd "$folder"
type_in 1 > "$folder/project.log"
cp "$folder/blocks/2.csharp" UnitTest1.cs
cp "$folder/blocks/3.csharp" OutageTests.cs
type_in 4 > "$folder/run.log" || { cat "$folder/run.log" "$folder/errors.log" >&2; exit 1; }
if grep 'warning ' "$folder/run.log" | grep -qv NU1603; then fail "the tests build with warnings" "$folder/run.log"; fi
grep -Eq 'Passed! +- Failed: +0, Passed: +2, Skipped: +0' "$folder/run.log" || fail "the page's two tests did not pass" "$folder/run.log"
grep 'Passed!' "$folder/run.log"
