#!/usr/bin/env bash
# Runs the commands of docs/getting-started.md in an empty folder with an empty home directory, and compares their output with the page.
# Prints a transcript. Usage: eng/getting-started-test.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
page=$root/docs/getting-started.md
known_packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
folder=$(mktemp -d)
server=""

clean() {
  if [[ -n "$server" ]]; then kill -TERM "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; fi
  rm -rf "$folder"
}
trap clean EXIT

step="getting started"
source "$root/eng/follow-page.sh"

# Replaces times and ids, which differ in each run. Everything else must be equal to the page.
settle() {
  sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/g; s/"[0-9a-f]{32}"/"TRACE"/g; s/"[0-9a-f]{16}"/"SPAN"/g; s/"(ConnectionId|RequestId)":"[^"]*"/"\1":"ID"/g; s/\b([0-9]+) accepted, \1 delivered/ALL accepted, ALL delivered/; s/127\.0\.0\.1|::1/LOOPBACK/; s/[[:space:]]+/ /g; s/ $//' "$1"
}

expect() {
  diff <(settle "$folder/blocks/$1.text") <(settle "$2") > "$folder/difference.log" || fail "the output differs from the page (<)" "$folder/difference.log"
}

serve() {
  local line
  line=$(commands "$1")
  echo "\$ $line"
  $line > "$folder/server.log" 2>&1 &
  server=$!
  for _ in $(seq 240); do
    if grep -q 'Now listening on' "$folder/server.log"; then return; fi
    kill -0 "$server" 2> /dev/null || fail "the program ends" "$folder/server.log"
    sleep 0.5
  done
  fail "the program does not start" "$folder/server.log"
}

stop() {
  kill -TERM "$server"
  wait "$server" || true
  server=""
  grep -q 'Stopped with all metrics delivered' "$folder/server.log" || fail "metrics were not delivered" "$folder/server.log"
  grep 'Stopped with' "$folder/server.log"
}

port=$((20000 + RANDOM % 20000))
split_page "$page"
empty_home

# The clone keeps its restored packages. The project of the page starts without packages.
cd "$root"
export NUGET_PACKAGES=$known_packages
type_in 1
export NUGET_PACKAGES=$folder/home/.nuget/packages
cd "$folder"
type_in 2
cp "$folder/blocks/3.csharp" Program.cs
serve 4
type_in 5 | tee "$folder/seen.log"
grep -v '^\$ ' "$folder/seen.log" > "$folder/answers.log"
expect 6 "$folder/answers.log"
stop
type_in 7 | tee "$folder/seen.log"
grep -v '^\$ ' "$folder/seen.log" > "$folder/answers.log"
expect 8 "$folder/answers.log"

# The page says that verify reports a changed byte.
sealed=$(find audit -name '*_CloudTrail_*.json.gz' ! -path '*Digest*' | head -n 1)
printf 'X' | dd of="$sealed" bs=1 seek=30 conv=notrunc status=none
status=0
cloudobserve trail verify audit > "$folder/tampered.log" || status=$?
[[ $status == 1 ]] && grep -q "$(basename "$sealed")" "$folder/tampered.log" || fail "verify does not report a changed byte" "$folder/tampered.log"
