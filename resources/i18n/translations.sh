#!/usr/bin/env bash
# Keeps the translations true: `update` collects the texts and compiles, `check` fails when something is left to do.
# English is the source language; its own file holds the plural forms only.
set -euo pipefail
action=${1:?update or check}
cd "$(dirname "$0")/../.."
folder=resources/i18n
languages='es en'

collect() { # collect FOLDER
  local language
  mapfile -t sources < <(find pos -name '*.py' -not -path '*/__pycache__/*' | LC_ALL=C sort)
  for language in $languages; do
    .venv/bin/pyside6-lupdate -silent -no-obsolete -locations none -source-language en -target-language "$language" \
      $([ "$language" = en ] && echo -pluralonly) "${sources[@]}" -ts "$1/mostrador_$language.ts"
  done
}

compile() { # compile FOLDER
  local language
  for language in $languages; do
    .venv/bin/pyside6-lrelease -silent "$1/mostrador_$language.ts" -qm "$1/mostrador_$language.qm"
  done
}

if [ "$action" = update ]; then
  collect "$folder"
  compile "$folder"
  grep -c 'type="unfinished"' "$folder"/*.ts || true
  exit
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp "$folder"/*.ts "$scratch/"
collect "$scratch"
compile "$scratch"
status=0
for language in $languages; do
  if grep -B 4 'type="unfinished"' "$scratch/mostrador_$language.ts"; then
    echo "mostrador_$language.ts lacks the texts above" >&2
    status=1
  fi
  for suffix in ts qm; do
    if ! cmp -s "$scratch/mostrador_$language.$suffix" "$folder/mostrador_$language.$suffix"; then
      echo "mostrador_$language.$suffix is not current: make translations" >&2
      status=1
    fi
  done
done
exit $status
