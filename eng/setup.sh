# Shared by ./digitizer and ./test: finds or installs what they need, and builds. Sourced, not run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1

program=$here/src/Digitizer.Worker/bin/Release/net10.0/Digitizer.Worker.dll

# The storage emulator, which demonstrations and tests start on loopback. It is no Debian package.
azurite_version=3.37.0
azurite_folder=${XDG_CACHE_HOME:-${HOME:-/var/tmp}/.cache}/digitizer/azurite-$azurite_version
export DIGITIZER_AZURITE=${DIGITIZER_AZURITE:-$azurite_folder/node_modules/azurite/dist/src/azurite.js}
azurite=$DIGITIZER_AZURITE

need_azurite() {
    [ -e "$azurite" ] && return 0
    echo "Installing Azurite $azurite_version, the emulator of blob and queue storage, into $azurite_folder" >&2
    mkdir -p "$azurite_folder"
    (
        flock 9
        [ ! -e "$azurite" ] || exit 0
        rm -rf "$azurite_folder.new"
        # It asks for a newer Node.js than Debian has, and works with that one.
        if ! npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$azurite_folder.new" "azurite@$azurite_version" < /dev/null >&2; then
            echo "It could not be installed. Type: npm install --prefix $azurite_folder azurite@$azurite_version" >&2
            exit 3
        fi
        rm -rf "$azurite_folder/node_modules"
        mv "$azurite_folder.new/node_modules" "$azurite_folder/node_modules"
        rm -rf "$azurite_folder.new"
    ) 9> "$azurite_folder/lock" || exit 3
}

need_dotnet() {
    if ! command -v dotnet > /dev/null; then
        echo "The .NET SDK 10 is not installed: see https://learn.microsoft.com/dotnet/core/install/linux" >&2
        exit 3
    fi
}

# What each package brings, so that a look at the file system is enough to know what is missing.
missing_packages() {
    local kind
    for kind in "$@"; do
        case $kind in
            run)
                has_library 'libtesseract.so.5' || echo libtesseract5
                has_library 'liblept.so.5' || has_library 'libleptonica.so.6' || first_known liblept5 libleptonica6
                has_library 'libqpdf.so.29' || has_library 'libqpdf.so.30' || first_known libqpdf29 libqpdf29t64 libqpdf30
                has_library 'libicuuc.so.*' || icu_package
                [ -e /usr/share/tesseract-ocr/5/tessdata/vie.traineddata ] || [ -e /usr/share/tessdata/vie.traineddata ] \
                    || [ -e "${TESSDATA_PREFIX:-/nowhere}/vie.traineddata" ] || echo tesseract-ocr-vie
                command -v bwrap > /dev/null || echo bubblewrap
                command -v pdftoppm > /dev/null && command -v pdftotext > /dev/null || echo poppler-utils
                command -v qpdf > /dev/null || echo qpdf
                compgen -G '/usr/share/fonts/truetype/croscore/*' > /dev/null || echo fonts-croscore
                command -v prlimit > /dev/null || echo util-linux ;;
            test)
                command -v jbig2dec > /dev/null || echo jbig2dec
                command -v java > /dev/null || echo default-jre-headless
                [ -e /usr/share/java/pdfbox2.jar ] || echo libpdfbox2-java
                [ -e /usr/share/java/jaxb-api.jar ] || echo libjaxb-api-java
                command -v curl > /dev/null || echo curl
                command -v jq > /dev/null || echo jq
                command -v python3 > /dev/null || echo python3
                [ -x /usr/sbin/vsftpd ] || echo vsftpd
                [ -x /usr/sbin/sshd ] || echo openssh-server
                [ -x /usr/sbin/smbd ] || echo samba
                command -v smbclient > /dev/null || echo smbclient
                command -v bindfs > /dev/null || echo bindfs
                command -v strace > /dev/null || echo strace
                command -v eatmydata > /dev/null || echo eatmydata
                ;;
            servers)
                command -v node > /dev/null || echo nodejs
                [ -e "$azurite" ] || command -v npm > /dev/null || echo npm
                compgen -G "/usr/lib/postgresql/*/bin/initdb" > /dev/null || echo postgresql ;;
            long)
                command -v debootstrap > /dev/null || [ -x /usr/sbin/debootstrap ] || echo debootstrap
                command -v ip > /dev/null || [ -x /usr/sbin/ip ] || echo iproute2 ;;
        esac
    done
}

has_library() {
    local folder
    for folder in /usr/lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib; do
        if compgen -G "$folder/$1" > /dev/null; then
            return 0
        fi
    done
    return 1
}

# The first of the packages that this distribution has.
first_known() {
    local name
    for name in "$@"; do
        if apt-cache show "$name" > /dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo "$1"
}

icu_package() {
    local found
    found=$(apt-cache search --names-only '^libicu[0-9]+$' 2> /dev/null | sort -V | tail -n 1 | cut -d' ' -f1)
    echo "${found:-libicu72}"
}

need_packages() {
    local packages become=
    packages=$(missing_packages "$@" | sort -u | paste -sd' ')
    [ -n "$packages" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo > /dev/null && sudo -n true 2> /dev/null; then
            become="sudo -n"
        else
            echo "Some packages are missing. Type: sudo apt-get install $packages" >&2
            exit 3
        fi
    fi
    echo "Installing what is missing: $packages" >&2
    $become apt-get update -qq >&2 || true
    # Package lists may have been empty before: names are worked out again.
    packages=$(missing_packages "$@" | sort -u | paste -sd' ')
    # shellcheck disable=SC2086
    if ! $become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages < /dev/null >&2; then
        echo "They could not be installed. Type: sudo apt-get install $packages" >&2
        exit 3
    fi
}

quiet_build() {
    local log
    log=$(mktemp)
    if ! dotnet build "$1" -c Release --nologo -v quiet -nodeReuse:false < /dev/null > "$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

build_program() {
    local stamp=$here/src/Digitizer.Worker/obj/built changed
    changed() {
        [ ! -e "$stamp" ] || [ ! -e "$program" ] \
            || [ -n "$(find "$here/src" "$here/eng" "$here"/*.props "$here/global.json" -name obj -prune -o -name bin -prune -o -newer "$stamp" -print -quit)" ]
    }
    changed || return 0
    mkdir -p "$(dirname "$stamp")"
    (
        # Two at once: the second waits and then finds it built.
        flock 9
        changed || exit 0
        echo "Building Digitizer…" >&2
        # The build's own folders make their parents look changed.
        for folder in "$here"/src/*/; do mkdir -p "$folder/obj" "$folder/bin"; done
        touch "$stamp.new"
        quiet_build "$here/src/Digitizer.Worker" || { echo "The build failed." >&2; exit 3; }
        mv "$stamp.new" "$stamp"
    ) 9> "$stamp.lock" || exit 3
}
