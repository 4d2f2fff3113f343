# Carries out the lines of a Dockerfile in bare root file systems, where there is no Docker. Sourced, not run; needs eng/roots.sh.
# It knows the instructions that our Dockerfile uses and says so if there is another. What is known afterwards: image_root,
# image_env, image_user, image_workdir, image_volumes, image_health, image_entrypoint, image_command.

declare -A image_stages=()

image_build() {
    local file=$1 line word rest
    image_context "$(dirname "$file")"
    while IFS= read -r line; do
        word=${line%%[[:space:]]*}
        rest=$(sed 's/^[^[:space:]]*[[:space:]]*//' <<< "$line")
        echo "  $word ${rest:0:100}"
        "image_$word" "$rest" || { echo "This line of the Dockerfile failed: $line" >&2; return 1; }
    done < <(grep -v '^[[:space:]]*\(#\|$\)' "$file" | sed -e ':again' -e '/\\$/N; s/\\\n[[:space:]]*//; t again')
}

# The build context: what .dockerignore, an everything-but list, lets through.
image_context() {
    local pattern
    context=$roots/context
    mkdir "$context"
    while IFS= read -r pattern; do
        case $pattern in
            '*') ;;
            '!'*) (cd "$1" && cp -a --parents "${pattern#!}" "$context/") ;;
            '**/'*) find "$context" -depth -name "${pattern#\*\*/}" -exec rm -rf {} + ;;
            *) echo ".dockerignore has a line that is not understood: $pattern" >&2; return 1 ;;
        esac
    done < <(grep -v '^[[:space:]]*\(#\|$\)' "$1/.dockerignore")
}

image_FROM() {
    local base name
    read -r base _ name <<< "$1"
    name=${name:-final}
    image_root=$name image_env=() image_user=0:0 image_workdir=/ image_volumes=() image_health=() image_entrypoint=() image_command=() image_mounts=()
    image_stages[$name]=$name
    new_root "$name" || return 1
    case $base in
        mcr.microsoft.com/dotnet/sdk:*) image_sdk ;;
        debian:12-slim) ;;
        *) echo "It is not known what the image $base holds." >&2; return 1 ;;
    esac
}

# The SDK of this machine stands in for the one of the image, and its packages for a download; certificates are those it trusts.
image_sdk() {
    local sdk packages
    sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
    packages=$(dotnet nuget locals global-packages --list | sed 's/^[^/]*//; s|/$||')
    image_mounts=(--bind "$sdk:$sdk" --overlay "$packages:/root/.nuget/packages" --bind /etc/ssl/certs:/etc/ssl/certs)
    [ ! -d /usr/local/share/ca-certificates ] || image_mounts+=(--bind /usr/local/share/ca-certificates:/usr/local/share/ca-certificates)
    image_env=(HOME=/root)
    in_root "$image_root" --env DEBIAN_FRONTEND=noninteractive -- sh -c 'apt-get update -qq && apt-get install -y -qq --no-install-recommends libicu72 libssl3 zlib1g' > "$roots/sdk.log" 2>&1 \
        || { tail "$roots/sdk.log" >&2; return 1; }
    mkdir -p "$roots/$image_root/etc/ssl/certs"
    ln -s "$sdk/dotnet" "$roots/$image_root/usr/bin/dotnet"
}

# image_words TEXT: its words, quotes understood, into the array "words".
image_words() { mapfile -t words < <(xargs -n 1 printf '%s\n' <<< "$1"); }

# image_list JSON: its strings into the array "words".
image_list() { mapfile -t words < <(jq -r '.[]' <<< "$1"); [ "${#words[@]}" -gt 0 ]; }

image_ARG() { image_env+=("$1"); }
image_ENV() { image_words "$1"; image_env+=("${words[@]}"); }
image_LABEL() { image_words "$1"; }
image_EXPOSE() { [[ $1 =~ ^[0-9]+$ ]]; }
image_STOPSIGNAL() { [ "$1" = SIGTERM ]; }
image_USER() { [[ $1 =~ ^[0-9]+:[0-9]+$ ]] && image_user=$1; }
image_VOLUME() { image_list "$1" && image_volumes=("${words[@]}"); }
image_ENTRYPOINT() { image_list "$1" && image_entrypoint=("${words[@]}"); }
image_CMD() { image_list "$1" && image_command=("${words[@]}"); }
image_HEALTHCHECK() { image_list "${1#*CMD }" && image_health=("${words[@]}"); }
image_WORKDIR() { image_workdir=$1; mkdir -p "$roots/$image_root$1"; }

image_COPY() {
    local from=$context to last source words
    image_words "$1"
    case ${words[0]} in
        --from=*) from=$roots/${image_stages[${words[0]#--from=}]}; words=("${words[@]:1}") ;;
        --*) echo "COPY ${words[0]} is not understood." >&2; return 1 ;;
    esac
    last=$((${#words[@]} - 1))
    to=${words[last]}
    [[ $to == /* ]] || to=$image_workdir/$to
    for source in "${words[@]:0:last}"; do
        if [ -d "$from/$source" ]; then
            mkdir -p "$roots/$image_root$to"
            cp -a "$from/$source/." "$roots/$image_root$to/"
        else
            mkdir -p "$(dirname "$roots/$image_root$to.")"
            cp -a "$from/$source" "$roots/$image_root$to"
        fi || return 1
    done
    chown -R 0:0 "$roots/$image_root$to"
}

image_RUN() {
    local variables=() variable
    for variable in ${image_env[@]+"${image_env[@]}"}; do variables+=(--env "$variable"); done
    in_root "$image_root" ${image_mounts[@]+"${image_mounts[@]}"} ${variables[@]+"${variables[@]}"} --user "$image_user" --dir "$image_workdir" -- /bin/sh -c "$1" \
        > "$roots/run.log" 2>&1 || { tail -n 40 "$roots/run.log" >&2; return 1; }
}

# image_run [options of in_root] -- COMMAND...: as a container that drops everything, with a read-only root and no network.
image_run() {
    local options=() variable
    for variable in "${image_env[@]}"; do options+=(--env "$variable"); done
    for variable in "${image_volumes[@]}"; do options+=(--volume "$variable"); done
    in_root "$image_root" --offline "${options[@]}" --user "$image_user" --dir "$image_workdir" --read-only --confined "$@"
}
