# app/setup.sh - what app/run and tests/run share: installs what is missing, configures and builds.
# Sourced, not run. Says one line for each thing it does; a failure names what is missing and the remedy.
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache_dir=${BORDEREAU_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/bordereau}
imgui_dir=${BORDEREAU_IMGUI_DIR:-$cache_dir/imgui}

say() { printf 'bordereau: %s\n' "$*"; }
fail() {
    printf 'bordereau: %s\n' "$1" >&2
    [ $# -lt 2 ] || printf 'bordereau: %s\n' "$2" >&2
    exit 1
}

# From the machine's own suite.
packages_build="build-essential cmake ninja-build pkg-config dpkg-dev ca-certificates
    libglfw3-dev libgl-dev libgl1-mesa-dri libfreetype-dev libharfbuzz-dev libfribidi-dev
    libstb-dev libjpeg-dev libpng-dev libzxing-dev libsodium-dev libzstd-dev nlohmann-json3-dev libcurl4-openssl-dev
    libmicrohttpd-dev libssl-dev libpugixml-dev libpcre2-dev libzip-dev libcli11-dev libpq-dev libavahi-client-dev libsystemd-dev libx11-dev
    fonts-noto-core fonts-wqy-microhei xvfb xauth"
# Newer than Debian 12: from its backports. (The only suite that is added, and only privately.)
packages_newer="libsqlcipher-dev"

missing_of() {
    local package
    for package in "$@"; do
        case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
            installed) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo --preserve-env=DEBIAN_FRONTEND,APT_CONFIG "$@"
    else
        fail "installing packages needs root, and there is no sudo here" \
            "Run the same command as root, or have these installed: $*"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 \
        -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1
}

# Lines "kind address codename" of the suites that this machine already takes Debian from.
# Only what apt itself reports: no address is written down in this project.
machine_suites() {
    apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL)' 'Created-By: Packages' |
        sort -u | awk '$3 ~ /^Debian/ {print $1, $2, $3}'
}

# Writes a private apt configuration: its lists, cache and sources lie in $1, the machine's stay as
# they are. Standard input: lines of a sources.list without the signature option. Signatures are
# checked as ever; only the age of the lists is not, since mirrors without a way out stand still.
private_apt() {
    local folder=$1
    as_root mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    sed 's|^\(deb[a-src-]*\) |\1 [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] |' |
        as_root tee "$folder/sources.list" >/dev/null
    as_root tee "$folder/apt.conf" >/dev/null <<CONF
Dir::State::Lists "$folder/lists";
Dir::Etc::SourceList "$folder/sources.list";
Dir::Etc::SourceParts "/nonexistent";
Dir::Cache "$folder/cache";
Acquire::Languages "none";
Acquire::Check-Valid-Until "false";
CONF
}

main_address() { machine_suites | awk '$3 == "Debian" {print $1; exit}'; }

install_newer() {
    local folder address codename
    folder=$(mktemp -d)
    chmod 755 "$folder"
    address=$(main_address)
    [ -n "$address" ] || fail "apt knows no Debian archive on this machine" \
        "Give apt a Debian 12 source, run apt-get update, then run this again."
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    {
        machine_suites | awk '{print "deb", $1, $2, "main"}'
        printf 'deb %s %s-backports main\n' "$address" "$codename"
    } | private_apt "$folder"
    export APT_CONFIG=$folder/apt.conf
    apt update && apt install -y --no-install-recommends --no-remove -t "$codename-backports" "$@" ||
        fail "these could not be installed from $codename-backports: $*" \
            "Look at the end of $log; with a network, run this again."
    unset APT_CONFIG
    as_root rm -rf "$folder"
}

install_packages() {
    local missing newer
    missing=$(missing_of $packages_build ${packages_extra:-})
    newer=$(missing_of $packages_newer ${packages_newer_extra:-})
    [ -n "$missing$newer" ] || return 0
    command -v apt-get >/dev/null || fail "this script installs with apt-get, which is not here" \
        "On other systems install the libraries that CMakeLists.txt names, then use cmake --preset release."
    say "installing: $missing$newer"
    apt update || fail "apt-get update failed" "Look at the end of $log; with a network, run this again."
    if [ -n "$missing" ]; then
        apt install -y --no-install-recommends --no-remove $missing ||
            fail "these could not be installed: $missing" "Look at the end of $log; with a network, run this again."
    fi
    [ -z "$newer" ] || install_newer $newer
}

# Dear ImGui 1.92 or newer, as a Debian source package of a newer suite; apt verifies its signature.
# Kept outside the build tree, so that building again needs no network.
fetch_imgui() {
    if [ -f "$imgui_dir/imgui.h" ]; then return 0; fi
    say "fetching the sources of Dear ImGui"
    local folder address unpacked
    folder=$(mktemp -d)
    chmod 755 "$folder"
    address=$(main_address)
    for suite in trixie forky sid; do printf 'deb-src %s %s main\n' "$address" "$suite"; done |
        private_apt "$folder"
    export APT_CONFIG=$folder/apt.conf
    apt update || fail "the source lists of newer Debian suites could not be read" \
        "Look at the end of $log; with a network, run this again."
    (cd "$folder" && apt-get -qq source imgui >>"$log" 2>&1) ||
        fail "the sources of Dear ImGui could not be fetched" \
            "Put Dear ImGui 1.92 or newer into $imgui_dir, or name its folder in BORDEREAU_IMGUI_DIR."
    unset APT_CONFIG
    unpacked=$(find "$folder" -maxdepth 1 -type d -name 'imgui-*' | head -n 1)
    grep -Eq '^#define IMGUI_VERSION_NUM +(19[2-9]|[2-9])' "$unpacked/imgui.h" ||
        fail "no suite of this archive carries Dear ImGui 1.92 or newer" \
            "Put it into $imgui_dir, or name its folder in BORDEREAU_IMGUI_DIR."
    mkdir -p "$(dirname "$imgui_dir")"
    cp -r "$unpacked" "$imgui_dir.new" && mv "$imgui_dir.new" "$imgui_dir"
    as_root rm -rf "$folder"
}

# Configures and builds one preset; prints the compiler's words only when it fails.
build() {
    local preset=$1
    shift
    mkdir -p "$source_dir/build" 2>/dev/null && [ -w "$source_dir/build" ] ||
        fail "$source_dir/build cannot be written by $(id -un)" \
            "It was made by somebody else, perhaps through sudo: remove it, or run this the same way again."
    say "building (preset $preset)"
    (cd "$source_dir" && cmake --preset "$preset" -DBORDEREAU_IMGUI_DIR="$imgui_dir" >>"$log" 2>&1 &&
        cmake --build --preset "$preset" --parallel "$@" >>"$log" 2>&1) || {
        tail -n 40 "$log" >&2
        fail "the build failed; all that it said lies in $log"
    }
}

log=$(mktemp "${TMPDIR:-/tmp}/bordereau-setup.XXXXXX")
