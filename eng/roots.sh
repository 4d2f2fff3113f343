# Root file systems of a bare Debian, for trials of what is installed elsewhere. Sourced, not run; needs root and debootstrap.

suite=bookworm
mirror=http://deb.debian.org/debian

# Why such roots cannot be had here, or nothing.
roots_hindrance() {
    local name
    [ "$(id -u)" -eq 0 ] || { echo "only root makes root file systems"; return; }
    for name in debootstrap unshare setpriv pivot_root jq ip; do
        command -v "$name" > /dev/null || { echo "$name is not installed"; return; }
    done
    unshare --mount --pid --net --fork true 2> /dev/null || echo "this machine gives no namespaces"
}

# A folder for roots, gone at the end. All that is mounted is mounted in namespaces that end with their command.
roots_folder() {
    roots=$(mktemp -d -t digitizer-roots-XXXXXX)
    trap 'rm -rf --one-file-system "$roots"' EXIT
}

# new_root NAME: a copy of a minimal system, made once.
new_root() {
    if [ ! -d "$roots/bare" ]; then
        debootstrap --variant=minbase "$suite" "$roots/bare" "$mirror" > "$roots/debootstrap.log" 2>&1 \
            || { tail -n 20 "$roots/debootstrap.log" >&2; echo "debootstrap could not make a Debian $suite." >&2; return 1; }
        # As in Debian's images: fixes of security and of the release, and no service is started while packages are installed.
        printf 'deb %s %s main\n' "$mirror" "$suite" "$mirror" "$suite-updates" "$mirror-security" "$suite-security" > "$roots/bare/etc/apt/sources.list"
        printf '#!/bin/sh\nexit 101\n' > "$roots/bare/usr/sbin/policy-rc.d"
        chmod +x "$roots/bare/usr/sbin/policy-rc.d"
    fi
    cp -a --reflink=auto "$roots/bare" "$roots/$1"
}

# in_root NAME [--offline] [options of enter-root] -- COMMAND...
in_root() {
    local name=$1 apart=()
    shift
    if [ "$1" = --offline ]; then
        apart=(--net)
        shift
    else
        set -- --bind /etc/resolv.conf:/etc/resolv.conf "$@"
    fi
    unshare --mount --pid --ipc --uts ${apart[@]+"${apart[@]}"} --fork --kill-child bash "$here/eng/enter-root" "$roots/$name" "$@" < /dev/null
}

# What the last steps took, for the report.
took() {
    printf '%s: %s s\n' "$1" "$((SECONDS - ${took_since:-0}))"
    took_since=$SECONDS
}
