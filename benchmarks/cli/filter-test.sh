#!/usr/bin/env bash
# Measures the lines per second of `cloudobserve filter test --count` on one large file. Compares it with grep for a term and with jq for a JSON selector.
# All programs read the same file from the page cache, one after another, in several rounds. The script prints and writes the medians.
# Usage: benchmarks/cli/filter-test.sh [--megabytes N] [--rounds N] [--results FILE]
set -euo pipefail
cd "$(dirname "$0")/../.."

megabytes=1024
rounds=3
results=
while (($#)); do
    case $1 in
        --megabytes) megabytes=$2 ;;
        --rounds) rounds=$2 ;;
        --results) results=$2 ;;
        *) echo "unknown argument: $1" >&2; exit 2 ;;
    esac
    shift 2
done

for tool in jq grep awk; do
    command -v "$tool" > /dev/null || { echo "$tool is not on PATH" >&2; exit 1; }
done

dotnet build src/CloudObserve.Cli -c Release -v q --nologo > /dev/null
cli=(dotnet src/CloudObserve.Cli/bin/Release/net10.0/CloudObserve.Cli.dll)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
file=$work/events.jsonl

# Some 300 bytes a line; one in a hundred is an error, one in ten is slow.
awk -v bytes=$((megabytes * 1024 * 1024)) 'BEGIN {
    for (n = 0; size < bytes; n++) {
        level = n % 100 == 7 ? "Error" : "Information"
        line = sprintf("{\"timestamp\":\"2026-11-20T09:%02d:%02d.%03dZ\",\"level\":\"%s\",\"category\":\"Storefront.Checkout\",\"eventId\":%d,\"message\":\"Order %d of %d.5 was placed by a gold customer in eu-central-1.\",\"values\":{\"OrderId\":%d,\"latency\":%d,\"Tier\":\"gold\",\"Region\":\"eu-central-1\"},\"traceId\":\"%032x\"}", n / 6000 % 60, n / 100 % 60, n % 1000, level, n % 40, n, n % 900, n, n * 7919 % 1000, n)
        print line
        size += length(line) + 1
    }
}' > "$file"
lines=$(wc -l < "$file")

count() { "$@" < "$file"; }
seconds() {
    local began ended
    began=$(date +%s.%N)
    count "${@:2}" > "$work/$1.out" || true
    ended=$(date +%s.%N)
    awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.3f\n", b - a }'
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

selector='{ $.level = "Error" && $.values.latency > 500 }'
jqfilter='select(.level == "Error" and .values.latency > 500) | 1'

for ((round = 0; round < rounds; round++)); do
    seconds grep env LC_ALL=C grep -c -F Error >> "$work/grep"
    seconds ours-term "${cli[@]}" filter test --count --pattern Error >> "$work/ours-term"
    seconds ours-selector "${cli[@]}" filter test --count --pattern "$selector" >> "$work/ours-selector"
done
# jq takes minutes where the others take seconds, so it runs once.
seconds jq jq "$jqfilter" >> "$work/jq"

[[ $(cat "$work/grep.out") == "$(cat "$work/ours-term.out")" ]] || { echo "grep and filter test disagree on the term" >&2; exit 1; }
[[ $(wc -l < "$work/jq.out") == "$(cat "$work/ours-selector.out")" ]] || { echo "jq and filter test disagree on the selector" >&2; exit 1; }

row() {
    awk -v name="$1" -v s="$(median "$work/$2")" -v base="$(median "$work/$3")" -v lines="$lines" -v found="$4" \
        'BEGIN { printf "| %s | %.2f s | %.1f M | %.2f | %s |\n", name, s, lines / s / 1e6, s / base, found }'
}
report() {
    echo "# Command line: filter test over one file"
    echo
    echo "$(date -u +%F), commit $(git rev-parse --short=10 HEAD), $(nproc) processors, $lines lines, $megabytes MiB, medians of $rounds rounds (jq: one)"
    echo
    echo "| Command | Time | Lines a second | Ratio | Matches |"
    echo "| --- | ---: | ---: | ---: | ---: |"
    row '`grep -c -F Error`' grep grep "$(cat "$work/grep.out")"
    row '`cloudobserve filter test --count --pattern Error`' ours-term grep "$(cat "$work/ours-term.out")"
    row '`jq` (select, two conditions)' jq jq "$(wc -l < "$work/jq.out")"
    row "\`cloudobserve filter test --count --pattern '$selector'\`" ours-selector jq "$(cat "$work/ours-selector.out")"
    echo
    echo "Whole processes, start included. A ratio is to the line above it that begins with another program. Reproduce with \`benchmarks/cli/filter-test.sh\`."
}
if [[ -n $results ]]; then report | tee "$results"; else report; fi
