/** Owns every command at once: loaded when our own are not enough, for help, for suggestions and for completion. */
import { apiCommands } from './api/commands.ts';
import { apiGroups } from './api/operations.ts';
import { ownCommands, ownGroups } from './command-table.ts';
import type { CommandSpec } from './command.ts';

export const commands: readonly CommandSpec[] = [...ownCommands, ...apiCommands];

export const groups: Readonly<Record<string, string>> = { ...ownGroups, ...apiGroups };
