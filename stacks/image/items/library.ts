/** Where the first step of each phase puts {@link LIBRARY}: in memory, so that no image carries it. */
export const LIBRARY_PATH = "/run/bulwark-image.sh";

/** How every other script begins; tests name another path. */
export const PREAMBLE = `. "\${BULWARK_LIBRARY:-${LIBRARY_PATH}}"`;

/**
 * The words in which items are written: `put FILE MODE LINE…` writes all of a file; `holds FILE MODE LINE…` fails unless
 * every line stands in it and its mode grants nothing beyond; `most FILE MODE` looks at owner and mode alone. Files are
 * named from the root of the image, which is `$ROOT`: empty on the machine that is built, any folder in a trial. `live` is
 * for what needs the running system, so it does nothing there.
 */
export const LIBRARY = `set -eu
ROOT="\${BULWARK_ROOT:-}"
live() { [ -n "$ROOT" ] || "$@"; }
fail() {
  echo "$*" >&2
  exit 1
}
put() {
  local file="$ROOT$1" mode="$2"
  shift 2
  mkdir -p "\${file%/*}"
  printf '%s\\n' "$@" > "$file"
  chmod "$mode" "$file"
}
most() {
  local owner mode
  owner="$(stat -c %u "$ROOT$1")"
  mode="$(stat -c %a "$ROOT$1")"
  [ "$owner" = 0 ] || fail "$1 is not root's"
  [ $((0$mode & 07777 & ~$2)) -eq 0 ] || fail "$1 has mode $mode, must have $2 or less"
}
holds() {
  local file="$1" mode="$2" line
  shift 2
  [ -f "$ROOT$file" ] || fail "$file is missing"
  for line in "$@"; do grep -qxF -e "$line" "$ROOT$file" || fail "$file lacks: $line"; done
  most "$file" "$mode"
}
`;
