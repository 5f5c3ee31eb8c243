#!/usr/bin/env bash
# Makes a checkout ready to use: system libraries, virtual environment, locked packages. Quick when nothing is missing.
# Usage: resources/deploy/prepare.sh run|demo|test|faults
# Each needs what the one before it needs.
set -euo pipefail
purpose=${1:?run, demo, test or faults}
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin:/sbin

libraries='
libegl1:libEGL.so.1 libgl1:libGL.so.1 libxkbcommon0:libxkbcommon.so.0 libfontconfig1:libfontconfig.so.1
libdbus-1-3:libdbus-1.so.3 libglib2.0-0:libglib-2.0.so.0 libxcb-cursor0:libxcb-cursor.so.0
libxcb-icccm4:libxcb-icccm.so.4 libxcb-keysyms1:libxcb-keysyms.so.1 libxcb-shape0:libxcb-shape.so.0
libxcb-xkb1:libxcb-xkb.so.1 libxkbcommon-x11-0:libxkbcommon-x11.so.0 libzbar0:libzbar.so.0
libusb-1.0-0:libusb-1.0.so.0'
demo_programs='xvfb:Xvfb xauth:xauth xdotool:xdotool openbox:openbox'
test_programs='strace:strace chromium:chromium chromium-driver:chromedriver'
fault_programs='faketime:faketime nbdkit:nbdkit libnbd-bin:nbdfuse fuse3:fusermount3 e2fsprogs:mkfs.ext4'
nbdkit_python='nbdkit-plugin-python'

find_python() {
  local candidate
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  echo 'Mostrador needs Python 3.11 or later.' >&2
  exit 1
}

# Prints the Debian packages that are missing, by looking for what they bring rather than for their names
# (Debian 13 renamed some of them).
missing_packages() {
  local known pair
  known=$(ldconfig -p)
  for pair in $libraries; do
    [[ $known == *"${pair#*:} "* ]] || echo "${pair%%:*}"
  done
  [ "$purpose" = run ] || missing_programs "$demo_programs"
  if [ "$purpose" = test ] || [ "$purpose" = faults ]; then
    missing_programs "$test_programs"
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || echo postgresql
  fi
  if [ "$purpose" = faults ]; then
    missing_programs "$fault_programs"
    nbdkit --dump-plugin python >/dev/null 2>&1 || echo "$nbdkit_python"
  fi
  [ -x .venv/bin/python ] || "$python" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

missing_programs() {
  local pair
  for pair in $1; do
    command -v "${pair#*:}" >/dev/null || echo "${pair%%:*}"
  done
}

install_packages() {
  local command="apt-get install -y --no-install-recommends $*"
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    printf 'Missing system packages. As root, run:\n\n  %s\n\nand then this command again.\n' "$command" >&2
    exit 1
  fi
  echo "Installing system packages: $*"
  export DEBIAN_FRONTEND=noninteractive
  case " $* " in *' postgresql '*) keep_postgresql_stopped ;; esac
  compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null || apt-get -qq update
  $command -qq >/dev/null || { apt-get -qq update && $command -qq >/dev/null; }
}

# The tests make a cluster of their own; without this the package would also start one on port 5432.
keep_postgresql_stopped() {
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/no-main-cluster.conf
}

install_environment() {
  local stamp
  stamp=$(cat requirements.lock pyproject.toml | sha256sum)
  if [ -x .venv/bin/python ] && [ "$(cat .venv/prepared 2>/dev/null)" = "$stamp" ]; then
    return
  fi
  echo 'Installing the locked Python packages into .venv'
  .venv/bin/python -c '' 2>/dev/null || "$python" -m venv --clear .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  .venv/bin/python -m compileall -q pos sync hardware tests
  echo "$stamp" >.venv/prepared
}

python=$(find_python)
mapfile -t missing < <(missing_packages)
if [ "${#missing[@]}" -gt 0 ]; then
  install_packages "${missing[@]}"
fi
install_environment
