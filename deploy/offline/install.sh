#!/bin/bash
# Installs Digitizer from this folder, without network: install.sh [--check]. It copies and enables, and says what it does.
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
release=12
architecture=amd64
program=/opt/digitizer
configuration=/etc/digitizer/digitizer.json
unit=/etc/systemd/system/digitizer.service

say() { printf '%s\n' "$*"; }
refuse() { printf 'Nothing was changed: %s\n' "$*" >&2; exit 1; }

check_system() {
    local id version
    id=$(. /etc/os-release && echo "${ID:-}")
    version=$(. /etc/os-release && echo "${VERSION_ID:-}")
    [ "$id $version" = "debian $release" ] \
        || refuse "this is ${id:-an unknown system} ${version:-}, and the packages in this archive are those of Debian $release. Take an archive made for this system."
    [ "$(dpkg --print-architecture)" = "$architecture" ] || refuse "this machine is $(dpkg --print-architecture), and the archive is for $architecture."
}

# Each file is listed and as listed, and none is there that is not.
check_files() {
    local unlisted
    cd "$here"
    sha256sum --quiet --strict --check SHA256SUMS > /dev/null 2>&1 \
        || refuse "the archive is damaged ($(sha256sum --quiet --check SHA256SUMS 2> /dev/null | head -n 1)). Copy and unpack it again."
    unlisted=$(find . -type f ! -path ./SHA256SUMS -printf '%P\n' | LC_ALL=C sort | LC_ALL=C comm -23 - <(cut -c67- SHA256SUMS | LC_ALL=C sort) | head -n 1)
    [ -z "$unlisted" ] || refuse "$unlisted does not belong to the archive. Unpack it into an empty folder."
    say "The archive is whole: $(wc -l < SHA256SUMS) files are as listed."
}

# apt chooses what is missing or too old from the archive alone; its settings and lists of this system are left as they are.
install_packages() {
    local scratch
    scratch=$(mktemp -d)
    mkdir "$scratch/lists" "$scratch/cache"
    # A name without blanks, and readable for apt's own user.
    ln -s "$here/packages" "$scratch/packages"
    chmod 755 "$scratch"
    printf 'deb [trusted=yes] copy:%s ./\n' "$scratch/packages" > "$scratch/sources.list"
    local apt=(apt-get -qq -o Dir::Etc::sourcelist="$scratch/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::preferences=/dev/null -o Dir::Etc::preferencesparts=/dev/null
        -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User=root -o Dpkg::Use-Pty=0)
    "${apt[@]}" update
    # shellcheck disable=SC2046
    DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends --no-remove $(cat "$here/packages/wanted") < /dev/null > "$scratch/log" 2>&1 \
        || { cat "$scratch/log" >&2; rm -rf "$scratch"; echo "The Debian packages could not be installed: what stands above says why. The program was not touched." >&2; exit 1; }
    say "Debian packages: $(grep -c '^Setting up' "$scratch/log" || true) installed or updated, the others were there."
    rm -rf "$scratch"
}

create_user() {
    if ! getent passwd digitizer > /dev/null; then
        useradd --system --user-group --home-dir /var/lib/digitizer --no-create-home --shell /usr/sbin/nologin digitizer
        say "User digitizer: created."
    fi
    install -d -o digitizer -g digitizer -m 0700 /var/lib/digitizer
    install -d -o digitizer -g digitizer -m 0750 /var/spool/digitizer /var/spool/digitizer/mot-cua /var/spool/digitizer/dossiers
}

# The new program lies there whole before it takes the old one's place.
copy_program() {
    rm -rf "$program.new" "$program.old"
    cp -r --no-preserve=mode,ownership "$here/program" "$program.new"
    chmod -R u=rwX,go=rX "$program.new"
    chmod 755 "$program.new/Digitizer.Worker"
    [ ! -e "$program" ] || mv "$program" "$program.old"
    mv "$program.new" "$program"
    rm -rf "$program.old"
    ln -sfn "$program/Digitizer.Worker" /usr/local/bin/digitizer
    say "Program: $program, called as digitizer."
}

copy_configuration() {
    install -d -o root -g digitizer -m 0750 "$(dirname "$configuration")"
    if [ -e "$configuration" ]; then
        say "Configuration: $configuration is yours and stays as it is."
    else
        install -o root -g digitizer -m 0640 "$here/config/digitizer.json" "$configuration"
        say "Configuration: $configuration, to be adapted."
    fi
}

enable_service() {
    if ! command -v systemctl > /dev/null; then
        say "Service: this system has no systemd; nothing starts Digitizer with the machine."
        return
    fi
    install -D -m 0644 "$here/systemd/digitizer.service" "$unit"
    systemctl enable --quiet digitizer.service
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
    say "Service: digitizer.service starts with the machine. It was not started now."
}

[ $# -eq 0 ] || [ "$*" = --check ] || { echo "Usage: install.sh [--check]" >&2; exit 2; }
check_system
check_files
[ $# -eq 0 ] || exit 0
[ "$(id -u)" -eq 0 ] || refuse "only root may install. Type: sudo $0"
install_packages
create_user
copy_program
copy_configuration
enable_service
cat <<TEXT

Next:
    runuser -u digitizer -- digitizer check --config $configuration
    systemctl restart digitizer
    digitizer --version
TEXT
