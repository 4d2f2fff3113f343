#!/bin/sh
# Sends the pages of one document to Digitizer, waits, and saves PDF, text and result file. Needs curl and jq.
#
#     DIGITIZER_KEY=dgz_… digitize.sh [--patience SECONDS] SERVER DOSSIER OUT FILE...
#
# Exit codes: 0 done, 1 waits for a person, 2 wrong usage, 3 not reached or refused.
set -u

patience=600
[ "${1:-}" != --patience ] || { patience=${2:-}; shift; shift; }
case $patience in ''|*[!0-9]*) set -- ;; esac
[ $# -ge 4 ] && [ -n "${DIGITIZER_KEY:-}" ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
server=${1%/} dossier=$2 out=$3
shift 3
stem=$(basename "$1")
stem=${stem%.*}
for file; do
    [ -f "$file" ] && [ -r "$file" ] || { echo "$file cannot be read" >&2; exit 2; }
done

limit=$(($(date +%s) + patience))
answer=$(mktemp) head=$(mktemp) secret=$(mktemp)
trap 'rm -f "$answer" "$head" "$secret"' EXIT
# In a file, as arguments of programs can be seen by everybody on the machine.
printf 'header = "Authorization: Bearer %s"\n' "$DIGITIZER_KEY" > "$secret"

# Made once and kept until there is an answer: however often it is sent, by this or the next start of the program, it is one submission.
mkdir -p "$out"
once=$out/.$stem.key
id=
[ -s "$once" ] || cat /proc/sys/kernel/random/uuid > "$once"

# One call, its body in $answer; repeated for as long as the server cannot be reached or asks to come again.
call() {
    pause=1
    while :; do
        : > "$answer" > "$head"
        status=$(curl --silent --show-error --config "$secret" --connect-timeout 10 --speed-limit 1 --speed-time 90 --dump-header "$head" --output "$answer" --write-out '%{http_code}' "$@") || status=000
        case $status in
            2*) return 0 ;;
            000|409|429|502|503|504|507) ;;
            400|413|415|422)
                # The submission itself was refused: mended, it is another one.
                [ -n "$id" ] || rm -f "$once"
                break ;;
            *) break ;;
        esac
        wait=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]*\).*/\1/p' "$head")
        wait=${wait:-$pause}
        [ $(($(date +%s) + wait)) -le "$limit" ] || break
        sleep "$wait"
        [ "$pause" -ge 30 ] || pause=$((pause * 2))
    done
    explain >&2
    exit 3
}

explain() {
    if [ -s "$answer" ] && jq -er 'select(.title) | "\(.title): \(.detail)"' "$answer" 2> /dev/null; then
        return
    fi
    case $status in
        000) echo "$server cannot be reached" ;;
        401) echo "The key is not known. Ask the administrator." ;;
        403) echo "This key may not do this." ;;
        *) echo "HTTP $status" ;;
    esac
}

for file; do
    # Within the quotes of curl's forms, these two are written with a backslash.
    set -- "$@" --form "file=@\"$(printf '%s' "$file" | sed 's/[\\"]/\\&/g')\""
    shift
done
[ -z "$dossier" ] || set -- "$@" --form-string "dossier=$dossier"

call --header "Idempotency-Key: $(cat "$once")" "$@" "$server/v1/submissions"
id=$(jq -r .id "$answer")
state=$(jq -r .state "$answer")
while [ "$state" = accepted ] || [ "$state" = working ]; do
    left=$((limit - $(date +%s)))
    [ "$left" -gt 0 ] || { echo "submission $id is safe and not done yet; start this again later" >&2; exit 3; }
    call "$server/v1/submissions/$id?wait=$((left < 30 ? left : 30))"
    state=$(jq -r .state "$answer")
done

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
rm -f "$once"

printf '%s' "$settled" | jq -r '.units[] | .name as $n | (.failure // empty | "\($n): \(.message)"), (.documents[] | (select(.reasons != []) | "\($n): waits for a person: \(.reasons | join(", "))"), (.delivery.failure // empty | "\($n): \(.message)"))' >&2
[ "$state" = done ] || { echo "submission $id is $state" >&2; exit 1; }
