# The Debian packages that are needed, and how they are installed. Sourced by Services/run and Tests/run.

# To compile and link.
build_packages=(pkg-config libprotobuf-c-dev libsqlite3-dev libsodium-dev libcurl4-openssl-dev zlib1g-dev
    libcmark-gfm-dev libc-ares-dev libgmime-3.0-dev)
# To read the sources of the code sets (`codingahead data pull`) and PDF (`codingahead knowledge add`).
data_packages=(python3 python3-venv python3-lmdb poppler-utils)
# To check the generated contract and to run the tests beside the Swift ones.
test_packages=(protobuf-compiler libprotobuf-dev protobuf-c-compiler python3-pip postfix dovecot-core swaks prometheus)

# install_packages YES PACKAGE…: installs those that are missing; says which and asks, unless YES is true.
install_packages() {
    local yes=$1 missing=() package installed
    shift
    if ! command -v dpkg-query > /dev/null; then
        printf 'This is no Debian system; what is needed must be there already: %s\n' "$*" >&2
        return 0
    fi
    # One question for all: asking for a package that was never known makes dpkg-query fail, which says nothing here.
    installed=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2> /dev/null || true)
    for package in "$@"; do
        grep -qx "$package installed" <<< "$installed" || missing+=("$package")
    done
    ((${#missing[@]} > 0)) || return 0

    printf 'These Debian packages are missing: %s\n' "${missing[*]}"
    local as_root=()
    if ((EUID != 0)); then
        if ! command -v sudo > /dev/null; then
            printf 'Install them as root: apt-get install %s\n' "${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    if [[ $yes != true ]]; then
        local answer=
        [[ -t 0 ]] || { printf 'Run this again with --yes to have them installed.\n' >&2; return 1; }
        read -r -p 'Install them now? [y/N] ' answer
        [[ $answer == [yY]* ]] || { printf 'Nothing was installed.\n' >&2; return 1; }
    fi
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
