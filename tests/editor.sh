# What the test of every editor begins with. Sourced by `editors/*/test/run`, with the script's arguments.
#
# Afterwards the editor's folder is the current one, `starling` on PATH is the program to test, HOME is empty, so that
# the editor can be set up as its README says, and $BANK is a copy of the sample bank that may be changed.

source "$(dirname "${BASH_SOURCE[0]}")/packages.sh"

install=false
case ${1:-} in
'') ;;
--install) install=true ;;
*)
    cat <<TEXT
Usage: STARLING_BIN=path/to/starling $0 [--install]

Tests Starling in this editor, set up as its README says.

  --install   install missing Debian packages by sudo; root installs them without being asked

Exit code: 0 when everything worked, 1 when something did not, 2 when something that the test needs is missing.
TEXT
    [[ $1 == -h || $1 == --help ]] && exit 0
    exit 2
    ;;
esac
[[ -x ${STARLING_BIN:-} ]] || missing STARLING_BIN "Set it to the program, as \`tests/run\` does."

run=$(mktemp -d)
trap 'rm -rf "$run"' EXIT
mkdir "$run/home" "$run/bin"
ln -s "$(realpath "$STARLING_BIN")" "$run/bin/starling"
cd "$(dirname "$0")/.."
cp -r ../../tests/bank "$run/bank"
export PATH=$run/bin:$PATH HOME=$run/home BANK=$run/bank
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME

# Runs an editor, and ends it if it takes far longer than it ever should.
limited() { timeout --kill-after=5 100 "$@"; }
