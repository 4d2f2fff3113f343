#!/bin/sh
# Sends the pages of one document to Digitizer, waits, and saves PDF, text and result file. Needs curl and jq.
#
#     DIGITIZER_KEY=dgz_… digitize.sh SERVER DOSSIER OUT FILE...
#
# Exit codes: 0 done, 1 waits for a person, 2 wrong usage, 3 not reached or refused.
set -u

[ $# -ge 4 ] && [ -n "${DIGITIZER_KEY:-}" ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
server=${1%/} dossier=$2 out=$3
shift 3
first=$1

answer=$(mktemp) head=$(mktemp) secret=$(mktemp)
trap 'rm -f "$answer" "$head" "$secret"' EXIT
# In a file, as arguments of programs can be seen by everybody on the machine.
printf 'header = "Authorization: Bearer %s"\n' "$DIGITIZER_KEY" > "$secret"

# One call, its body in $answer; repeated for as long as the server cannot be reached or asks to come again.
call() {
    tries=0 pause=1
    while :; do
        status=$(curl --silent --show-error --config "$secret" --max-time 90 --dump-header "$head" --output "$answer" --write-out '%{http_code}' "$@") || status=000
        case $status in
            2*) return 0 ;;
            000|409|429|502|503|504|507) ;;
            *) break ;;
        esac
        tries=$((tries + 1))
        [ "$tries" -lt 20 ] || break
        wait=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]*\).*/\1/p' "$head")
        sleep "${wait:-$pause}"
        [ "$pause" -ge 30 ] || pause=$((pause * 2))
    done
    jq -r '"\(.title): \(.detail)"' "$answer" >&2 2> /dev/null || echo "refused or not reached: $status" >&2
    exit 3
}

for file; do
    [ -r "$file" ] || { echo "$file cannot be read" >&2; exit 2; }
    set -- "$@" --form "file=@\"$file\""
    shift
done
[ -z "$dossier" ] || set -- "$@" --form "dossier=$dossier"

# Made once: however often it is sent, it is one submission.
key=$(cat /proc/sys/kernel/random/uuid)
call --header "Idempotency-Key: $key" "$@" "$server/v1/submissions"
id=$(jq -r .id "$answer")
state=$(jq -r .state "$answer")
while [ "$state" = accepted ] || [ "$state" = working ]; do
    call "$server/v1/submissions/$id?wait=30"
    state=$(jq -r .state "$answer")
done

mkdir -p "$out"
stem=$(basename "$first")
stem=${stem%.*}
settled=$(cat "$answer")
printf '%s' "$settled" | jq -r '.units[].documents[] | select(.pdf) | "\(.id) \(.part)"' | while read -r document part; do
    name=$out/$stem
    [ "$part" = 1 ] || name=$name.part$part
    for kind in pdf text json; do
        call "$server/v1/documents/$document/$kind"
        case $kind in text) end=txt ;; *) end=$kind ;; esac
        cp "$answer" "$name.$end"
    done
    echo "$name.pdf"
done || exit 3

printf '%s' "$settled" | jq -r '.units[] | .name as $n | (.failure // empty | "\($n): \(.message)"), (.documents[] | (select(.reasons != []) | "\($n): waits for a person: \(.reasons | join(", "))"), (.delivery.failure // empty | "\($n): \(.message)"))' >&2
[ "$state" = done ] || exit 1
