/** Owns which columns people look for first in a list, where the answer has many more. */
import type { JsonObject, JsonValue } from '../output/json-value.ts';
import { cellText } from '../output/json-value.ts';
import type { Columns } from '../output/text.ts';

const columns: Readonly<Record<string, Columns>> = {
  'leads.list': [
    { title: 'ID', from: (lead) => lead['leadId'] },
    { title: 'Name', from: (lead) => join(lead, 'firstName', 'lastName') },
    { title: 'Stage', from: (lead) => lead['stage'] },
    { title: 'Source', from: (lead) => lead['source'] },
    { title: 'E-mail', from: (lead) => lead['emails'] },
    { title: 'Phone', from: (lead) => lead['phones'] },
    { title: 'Assigned to', from: (lead) => lead['assignedUser'] },
  ],
  'members.list': [
    { title: 'ID', from: (member) => member['id'] },
    { title: 'Name', from: (member) => join(member, 'firstName', 'lastName') },
    { title: 'Role', from: (member) => member['roleName'] },
    { title: 'E-mail', from: (member) => member['email'] },
    { title: 'Phone', from: (member) => member['phoneNumber'] },
  ],
};

export function columnsOf(operationId: string): Columns | undefined {
  return columns[operationId];
}

function join(row: JsonObject, ...names: readonly string[]): JsonValue {
  return names
    .map((name) => cellText(row[name]))
    .filter((part) => part !== '')
    .join(' ');
}
