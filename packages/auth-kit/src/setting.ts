// A value a source needs and the places it may come from; read late, so that what status says is what was used.
import type { Io } from './io.ts';
import { readPrivateFile } from './store/private-file.ts';
import { displayPath } from './terminal/display-path.ts';

export type Setting = {
  /** Shown when missing: `LOFTY_CLIENT_ID`, `--sessionid`. */
  readonly name: string;
  /** Undefined when absent or empty. `from` is what status shows. */
  readonly read: (io: Io) => Promise<SettingValue | undefined>;
};
export type SettingValue = {
  readonly value: string;
  readonly from: string;
  /** True when the next command will not find it again: it came by flag. */
  readonly transient?: boolean;
};

/** The trimmed content of a variable. */
export function envSetting(name: string): Setting {
  return { name, read: (io) => Promise.resolve(present(io.env[name], name)) };
}

/** The trimmed content of a private file. */
export function fileSetting(path: string): Setting {
  return { name: path, read: async (io) => present(await readPrivateFile(path), displayPath(path, io)) };
}

/** A value that came by flag; undefined reads as absent. */
export function fixedSetting(name: string, value: string | undefined): Setting {
  return {
    name,
    read: () => {
      const found = present(value, name);
      return Promise.resolve(found && { ...found, transient: true });
    },
  };
}

/** The first that is present; named after the first. */
export function firstOf(...settings: readonly [Setting, ...Setting[]]): Setting {
  return {
    name: settings[0].name,
    read: async (io) => {
      for (const setting of settings) {
        const found = await setting.read(io);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

export type ReadSettings =
  | {
      readonly complete: true;
      readonly values: Readonly<Record<string, string>>;
      readonly transient: boolean;
    }
  | {
      readonly complete: false;
      readonly missing: readonly string[];
      readonly values: Readonly<Record<string, string>>;
      readonly transient: boolean;
    };

export async function readSettings(
  settings: Readonly<Record<string, Setting>>,
  io: Io,
): Promise<ReadSettings> {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  let transient = false;
  for (const [key, setting] of Object.entries(settings)) {
    const found = await setting.read(io);
    if (found === undefined) missing.push(setting.name);
    else values[key] = found.value;
    if (found?.transient === true) transient = true;
  }
  return missing.length === 0
    ? { complete: true, values, transient }
    : { complete: false, missing, values, transient };
}

function present(value: string | undefined, from: string): SettingValue | undefined {
  const trimmed = value?.trim();
  return trimmed === undefined || trimmed === '' ? undefined : { value: trimmed, from };
}
