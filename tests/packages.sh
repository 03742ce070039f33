# How the tests' scripts say that something is missing, and install Debian packages. Sourced; `install` has to be set.

has() { command -v "$1" >/dev/null 2>&1; }

# Names what is missing and what to do, and ends with the exit code for that.
missing() {
    echo "error: missing: $1" >&2
    echo "       $2" >&2
    exit 2
}

# Installs Debian packages, or says that they are missing. Unless root runs this, only if `install` is true.
packages() {
    local apt=(apt-get)
    if ((EUID != 0)); then
        if ! $install; then missing "$*" "Install them, or pass --install."; fi
        has sudo || missing "$*" "Only root may install them, and there is no sudo here."
        apt=(sudo apt-get)
    fi
    has apt-get || missing "$*" "There is no apt-get here: install what your system calls them."
    echo "==> set-up: installing $*"
    # Lists of packages may be stale or absent; installing says so if it matters.
    "${apt[@]}" update -qq || true
    DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y -qq --no-install-recommends "$@" || missing "$*" "apt-get could not install them."
}
