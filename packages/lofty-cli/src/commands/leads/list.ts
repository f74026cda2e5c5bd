/** Owns `lofty-cli leads list`: the documented filters, and the columns that people look for first. */
import type { Run } from '../../command.ts';
import { commands } from '../../command-table.ts';
import type { JsonObject, JsonValue } from '../../output/json-value.ts';
import { cellText } from '../../output/json-value.ts';
import type { Columns } from '../../output/text.ts';
import { callResource } from '../../resource.ts';

const columns: Columns = [
  { title: 'ID', from: (lead) => lead['leadId'] },
  { title: 'Name', from: (lead) => join(lead, 'firstName', 'lastName') },
  { title: 'Stage', from: (lead) => lead['stage'] },
  { title: 'Source', from: (lead) => lead['source'] },
  { title: 'E-mail', from: (lead) => lead['emails'] },
  { title: 'Phone', from: (lead) => lead['phones'] },
  { title: 'Assigned to', from: (lead) => lead['assignedUser'] },
];

export const run: Run = (context, input) => {
  const options = commands.find((command) => command.path.join(' ') === 'leads list')?.options ?? [];
  const query = options.flatMap(({ name, wire, value }): (readonly [string, string])[] => {
    if (wire === undefined) return [];
    if (value === undefined) return input.switches.has(name) ? [[wire, 'true']] : [];
    return (input.values[name] ?? []).map((given) => [wire, given] as const);
  });
  return callResource(context, { method: 'GET', path: '/v1.0/leads', query, columns });
};

function join(lead: JsonObject, ...names: readonly string[]): JsonValue {
  return names
    .map((name) => cellText(lead[name]))
    .filter((part) => part !== '')
    .join(' ');
}
