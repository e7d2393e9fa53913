# Sourced by ./start and ./check: makes the environment they need, and only what is missing of it.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/.venv
LLM_LOG=$VENV/language-model.log
# Bounds the compiler's work to what the engine itself needs.
LLM_CMAKE="-DLLAVA_BUILD=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF"
export PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# need COMMAND_THAT_SUCCEEDS_IF_PRESENT PACKAGE... - remember the packages unless it succeeds.
MISSING=()
need() {
    local present=$1
    shift
    eval "$present" >/dev/null 2>&1 || MISSING+=("$@")
}

has_library() { "$PYTHON" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))"; }

install_missing() {
    ((${#MISSING[@]})) || return 0
    if [[ $(uname) == Darwin ]]; then
        fail "Type this first: brew install ${MISSING[*]}"
    fi
    command -v apt-get >/dev/null || fail "Install these with your system's packages: ${MISSING[*]}"
    local as_root=()
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || fail "Type this first: sudo apt-get install -y ${MISSING[*]}"
        as_root=(sudo -n)
    fi
    say "Installing ${MISSING[*]} ..."
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
    "${apt[@]}" install -y --no-install-recommends "${MISSING[@]}" >/dev/null 2>&1 ||
        { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "${MISSING[@]}" >/dev/null; } ||
        fail "apt-get could not install ${MISSING[*]}."
    MISSING=()
}

# want COMMAND_THAT_SUCCEEDS_IF_PRESENT PACKAGE - a package that is good to have: where it cannot be
# had within a minute, things go on without it.
want() {
    eval "$1" >/dev/null 2>&1 && return
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 install -y --no-install-recommends)
    ((EUID == 0)) || apt=(sudo -n "${apt[@]}")
    say "Installing $2 ..."
    { timeout 60 "${apt[@]}" --download-only "$2" && "${apt[@]}" "$2"; } >/dev/null 2>&1 ||
        say "Going on without $2."
}

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHON=$(command -v "$name")
            return
        fi
    done
    fail "Python 3.11 or newer is needed: type 'sudo apt-get install python3' on Debian 12 or newer."
}

system_packages() {
    if [[ $(uname) == Darwin ]]; then
        need "has_library portaudio" portaudio
        need "command -v espeak-ng" espeak-ng
    else
        need "has_library portaudio" libportaudio2
        need "command -v espeak-ng" espeak-ng
        need "$PYTHON -m ensurepip --version" python3-venv
    fi
    install_missing
}

# pip with one line of what it is at, and all it says only if it fails.
pip_install() {
    local log="$VENV/pip.log" line
    "$VENV/bin/pip" install --progress-bar=off "$@" 2>&1 | tee "$log" | while IFS= read -r line; do
        case $line in
            Collecting* | *Downloading* | *Building* | Installing*)
                [[ ! -t 2 ]] || printf '\r\033[K%.78s' "$line" >&2
                ;;
        esac
    done || { cat "$log" >&2; fail "The Python packages could not be installed."; }
    [[ ! -t 2 ]] || printf '\r\033[K' >&2
}

# set_up EXTRAS - the virtual environment with the package in it; nothing to do if it is as it was.
set_up() {
    local extras=$1 stamp="$VENV/.set-up-$1" state
    state=$(cksum <"$ROOT/pyproject.toml")
    [[ -x $VENV/bin/voice-assistant && -f $stamp && $(<"$stamp") == "$state" ]] && return
    find_python
    system_packages
    if [[ ! -x $VENV/bin/pip ]]; then
        say "Creating the Python environment in .venv ..."
        "$PYTHON" -m venv "$VENV"
    fi
    say "Installing the Python packages ..."
    pip_install --upgrade "pip>=24.1" # its raw progress feeds our bars
    pip_install --editable "$ROOT${extras:+[$extras]}"
    printf '%s' "$state" >"$stamp"
}

has_language_model() { "$VENV/bin/python" -c 'import llama_cpp' 2>/dev/null; }

# What compiles it: eight minutes on two cores the first time, then pip keeps the wheel. The package
# itself is left alone, since the assistant may be running from it.
install_language_model() {
    local wanted
    wanted=$("$VENV/bin/python" - "$ROOT/pyproject.toml" <<'END'
import sys, tomllib
print(*tomllib.load(open(sys.argv[1], "rb"))["project"]["optional-dependencies"]["llm"])
END
    )
    CMAKE_ARGS="$LLM_CMAKE" nice "$VENV/bin/pip" install "$wanted" &&
        nice "$VENV/bin/voice-assistant" models pull smollm2-135m
}

# The same behind the running assistant, which takes it in when it is there.
install_language_model_behind() {
    local running="$VENV/.language-model.pid"
    [[ -f $VENV/.language-model-done ]] && return
    [[ -f $running ]] && kill -0 "$(<"$running")" 2>/dev/null && return
    if ! command -v c++ >/dev/null; then
        say "For conversation a C++ compiler is needed: type 'sudo apt-get install g++', then start again."
        return
    fi
    say "The language model is being prepared behind this; $LLM_LOG shows how far it is."
    (
        install_language_model && touch "$VENV/.language-model-done"
    ) >"$LLM_LOG" 2>&1 </dev/null &
    printf '%s' $! >"$running"
    disown
}
