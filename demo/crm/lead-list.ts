// The filtered page of leads: which, in which order, from where on.
import { invalid, isRefusal, ok, refuse, type Refusal } from './answer.ts';
import type { Endpoint } from './call.ts';
import { leadFields, mayView } from './lead-view.ts';
import { flagOf, idOf, limitOf, listOf, offsetOf, type Query } from './query.ts';
import type { Lead } from './records.ts';

const sortValues = {
  LastActivity: (lead: Lead) => lead.lastActivityTimeMs,
  CreateTime: (lead: Lead) => lead.createTimeMs,
  AssignTime: (lead: Lead) => lead.assignTimeMs ?? 0,
  Score: (lead: Lead) => lead.score,
  FirstName: (lead: Lead) => lead.firstName.toLowerCase(),
  LastName: (lead: Lead) => lead.lastName.toLowerCase(),
} as const;
type SortName = keyof typeof sortValues;

const isSortName = (name: string): name is SortName => Object.hasOwn(sortValues, name);

/** A place in an order: the last lead of a page. Kept by value, so that it survives that lead's deletion. */
type Place = { readonly value: number | string; readonly leadId: bigint };
type Order = { readonly sort: SortName; readonly desc: boolean; readonly after?: Place };

const compare = <T extends number | string | bigint>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

const comparePlaces = (a: Place, b: Place, desc: boolean): number => {
  const byValue =
    typeof a.value === 'number' && typeof b.value === 'number'
      ? a.value - b.value
      : compare(String(a.value), String(b.value));
  return (byValue || compare(a.leadId, b.leadId)) * (desc ? -1 : 1);
};

const placeOf = (lead: Lead, sort: SortName): Place => ({
  value: sortValues[sort](lead),
  leadId: lead.leadId,
});

const writeScrollId = ({ sort, desc }: Order, { value, leadId }: Place): string =>
  Buffer.from(JSON.stringify([sort, desc, value, leadId.toString()])).toString('base64url');

const readScrollId = (scrollId: string): Required<Order> | undefined => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(scrollId, 'base64url').toString());
    if (!Array.isArray(parts) || parts.length !== 4) return undefined;
    const [sort, desc, value, leadId] = parts as unknown[];
    if (typeof sort !== 'string' || !isSortName(sort) || typeof desc !== 'boolean') return undefined;
    if (typeof leadId !== 'string' || !/^\d{1,19}$/.test(leadId)) return undefined;
    const wanted = sort === 'FirstName' || sort === 'LastName' ? 'string' : 'number';
    if ((typeof value !== 'number' && typeof value !== 'string') || typeof value !== wanted) return undefined;
    return { sort, desc, after: { value, leadId: BigInt(leadId) } };
  } catch {
    return undefined;
  }
};

/** Without `sort`, the newest activity comes first; with it, ascending unless `desc=true`. */
const orderOf = (query: Query): Order | Refusal => {
  const sort = query.get('sort');
  if (sort !== undefined && !isSortName(sort)) {
    return invalid(`sort must be one of ${Object.keys(sortValues).join(', ')}.`);
  }
  const desc = flagOf(query, 'desc');
  if (isRefusal(desc)) return desc;
  const scrollId = query.get('scrollId');
  if (scrollId === undefined) return { sort: sort ?? 'LastActivity', desc: desc ?? sort === undefined };
  if (query.has('offset')) return invalid('Give scrollId or offset, not both.');
  const order = readScrollId(scrollId);
  if (order === undefined) return invalid('scrollId is not one that this API gave out; start without it.');
  if ((sort !== undefined && sort !== order.sort) || (desc !== undefined && desc !== order.desc)) {
    return invalid('scrollId belongs to another order; repeat the sort and desc of the first page.');
  }
  return order;
};

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const digits = (phone: string): string => phone.replaceAll(/\D/g, '');

const matchesText = (lead: Lead, key: string): boolean =>
  [`${lead.firstName} ${lead.lastName}`, ...lead.emails, ...lead.phones].some((text) =>
    text.toLowerCase().includes(key.toLowerCase()),
  );

type Test = (lead: Lead) => boolean;

const filtersOf = (query: Query): readonly Test[] | Refusal => {
  const assignedUserId = idOf(query, 'assignedUserId');
  if (isRefusal(assignedUserId)) return assignedUserId;
  const contacted = flagOf(query, 'contacted');
  if (isRefusal(contacted)) return contacted;
  const anyTags = listOf(query, 'anyTags');
  if (isRefusal(anyTags)) return anyTags;
  const allTags = listOf(query, 'allTags');
  if (isRefusal(allTags)) return allTags;
  const hasTag = (lead: Lead, tag: string): boolean => lead.tags.some((own) => sameText(own, tag));
  const text = (name: string, matches: (lead: Lead, wanted: string) => boolean): Test[] => {
    const wanted = query.get(name);
    return wanted === undefined ? [] : [(lead) => matches(lead, wanted)];
  };
  return [
    ...text('stage', (lead, stage) => sameText(lead.stage, stage)),
    ...text('source', (lead, source) => sameText(lead.source, source)),
    ...text('email', (lead, email) => lead.emails.some((own) => sameText(own, email))),
    ...text('phone', (lead, phone) => lead.phones.some((own) => digits(own) === digits(phone))),
    ...text('key', matchesText),
    ...(assignedUserId === undefined ? [] : [(lead: Lead) => lead.assignedUserId === assignedUserId]),
    ...(contacted === undefined ? [] : [(lead: Lead) => (lead.stage !== 'New Lead') === contacted]),
    ...(anyTags === undefined ? [] : [(lead: Lead) => anyTags.some((tag) => hasTag(lead, tag))]),
    ...(allTags === undefined ? [] : [(lead: Lead) => allTags.every((tag) => hasTag(lead, tag))]),
  ];
};

export const listLeads: Endpoint = ({ workspace, caller, query }) => {
  const limit = limitOf(query);
  if (isRefusal(limit)) return limit;
  const offset = offsetOf(query);
  if (isRefusal(offset)) return offset;
  const order = orderOf(query);
  if (isRefusal(order)) return order;
  const filters = filtersOf(query);
  if (isRefusal(filters)) return filters;
  const all = [...workspace.leads.values()]
    .filter((lead) => !lead.hiddenFlag && mayView(caller, lead) && filters.every((test) => test(lead)))
    .sort((a, b) => comparePlaces(placeOf(a, order.sort), placeOf(b, order.sort), order.desc));
  const { after } = order;
  const rest =
    after === undefined
      ? all.slice(offset)
      : all.filter((lead) => comparePlaces(placeOf(lead, order.sort), after, order.desc) > 0);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const scrollId =
    last === undefined || rest.length <= limit ? null : writeScrollId(order, placeOf(last, order.sort));
  return ok({
    // The documents name this key twice (reference C11): the prose says `_metadata`, a sample `get_metadata`, which
    // reads like the name of the getter that produced it. One key, then, and it is the one that is stated in words.
    _metadata: { collection: 'leads', limit, offset, total: all.length, scrollId },
    leads: page.map((lead) => leadFields(lead, workspace)),
  });
};

/** Most leads a workspace of this demo holds: it keeps everything in memory. */
const LEADS_MAX = 5000;

export const checkRoom = (count: number): Refusal | undefined =>
  count < LEADS_MAX
    ? undefined
    : refuse(
        400,
        'LIMIT_PARAM_OVERSIZE',
        `This demo keeps at most ${LEADS_MAX} leads per workspace; delete some.`,
      );
