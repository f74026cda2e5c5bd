// `secret-tool` and `security` as shell scripts in a folder of the test's own, with a switch for what can go wrong. They
// note their arguments and environment, so that a test can look for secrets there.
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { temporaryHome } from './temporary-home.ts';

type Mode = 'works' | 'locked' | 'hangs' | 'garbage' | 'endless';

export type FakeKeychain = {
  /** For the environment of whoever asks it. */
  readonly env: Readonly<Record<string, string>>;
  readonly is: (mode: Mode) => Promise<void>;
  /** Names of what it holds. */
  readonly entries: () => Promise<readonly string[]>;
  /** All arguments and environments that it was ever started with. */
  readonly seen: () => Promise<string>;
  /** Process ids of a hanging question. */
  readonly hanging: () => Promise<readonly number[]>;
};

const start = `#!/bin/sh
d=$(dirname "$0")
printf '%s\\n' "$*" >> "$d/seen"
env >> "$d/seen"
case $(cat "$d/mode") in
  hangs) sleep 600 & echo "$$ $!" > "$d/pids"; wait ;;
  garbage) printf '\\001\\033[31m<html>"no secret"'; exit 0 ;;
  endless) exec cat /dev/zero ;;
  locked) echo "$0: the collection is locked" >&2; exit 36 ;;
esac
entry() { echo "$d/entries/$(printf '%s' "$1" | tr -c 'a-zA-Z0-9#' '_')"; }
`;

const secretTool = `${start}
op=$1; shift
[ "$op" = store ] && shift
f=$(entry "$2 $4")
case $op in
  store) cat > "$f.$$" && mv "$f.$$" "$f" ;;
  lookup) [ -f "$f" ] || exit 1; cat "$f" ;;
  clear) [ -f "$f" ] || exit 1; rm -f "$f" ;;
esac
`;

const security = `${start}
if [ "$1" = -i ]; then read -r line; eval "set -- $line"; shift; fi
op=$1; shift
f=$(entry "$2 $4")
if [ "$op" = -U ]; then printf '%s' "$6" > "$f.$$" && mv "$f.$$" "$f"; exit 0; fi
[ -f "$f" ] || { echo 'The specified item could not be found in the keychain.' >&2; exit 44; }
case $op in
  find-generic-password) cat "$f"; echo ;;
  delete-generic-password) rm -f "$f" ;;
esac
`;

export async function fakeKeychain(t: Pick<TestContext, 'after'>): Promise<FakeKeychain> {
  const folder = await temporaryHome(t);
  await mkdir(join(folder, 'entries'));
  await writeFile(join(folder, 'seen'), '');
  await writeFile(join(folder, 'secret-tool'), secretTool, { mode: 0o755 });
  await writeFile(join(folder, 'security'), security, { mode: 0o755 });
  const is = (mode: Mode): Promise<void> => writeFile(join(folder, 'mode'), mode);
  await is('works');
  return {
    env: { PATH: `${folder}:/usr/bin:/bin`, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
    is,
    entries: async () => (await readdir(join(folder, 'entries'))).sort(),
    seen: () => readFile(join(folder, 'seen'), 'utf8'),
    hanging: async () => {
      const text = await readFile(join(folder, 'pids'), 'utf8').catch(() => '');
      return text.trim().split(' ').filter(Boolean).map(Number);
    },
  };
}
