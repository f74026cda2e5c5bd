// One lead: read, create, change, delete to the trash, assign.
import { invalid, isRefusal, missing, ok, refuse, tooLong, type Refusal } from './answer.ts';
import type { Call, Endpoint } from './call.ts';
import { readLeadChange } from './lead-body.ts';
import { checkRoom } from './lead-list.ts';
import { leadFields, nameOf, visibleLead } from './lead-view.ts';
import { idFrom } from './query.ts';
import { MAX_ID, type Lead } from './records.ts';

const pathLead = (call: Call): Lead | Refusal => {
  const leadId = idFrom(call.id, 'leadId');
  return isRefusal(leadId) ? leadId : visibleLead(call, leadId);
};

// Unwrapped, as the documents' sample shows it and their prose does not (reference C11): the same shape as in a list.
export const getLead: Endpoint = (call) => {
  const lead = pathLead(call);
  return isRefusal(lead) ? lead : ok(leadFields(lead, call.workspace));
};

const blankLead = (leadId: bigint, nowMs: number): Lead => ({
  leadId,
  firstName: '',
  lastName: '',
  birthday: null,
  emails: [],
  phones: [],
  source: 'API',
  stage: 'New Lead',
  assignedUserId: null,
  score: 0,
  tags: [],
  leadTypes: [-1],
  streetAddress: null,
  city: null,
  state: null,
  zipCode: null,
  createTimeMs: nowMs,
  assignTimeMs: null,
  lastActivityTimeMs: nowMs,
  cannotText: false,
  cannotCall: false,
  cannotEmail: false,
  hiddenFlag: false,
  referredBy: null,
  inquiry: null,
});

/** Documented as asynchronous; here the lead is there at once, which every correct caller can live with. */
export const createLead: Endpoint = ({ body, workspace, store, nowMs }) => {
  const fields = readLeadChange(body);
  if (isRefusal(fields)) return fields;
  const known = [fields.firstName, fields.lastName, fields.emails?.[0], fields.phones?.[0]];
  if (!known.some((value) => value !== undefined && value !== '')) {
    return missing('Give at least one of firstName, lastName, emails, phones.');
  }
  const full = checkRoom(workspace.leads.size);
  if (full !== undefined) return full;
  const lead = { ...blankLead(store.nextId(), nowMs), ...fields };
  workspace.leads.set(lead.leadId, lead);
  store.keep(workspace);
  return ok({ leadId: lead.leadId });
};

export const updateLead: Endpoint = (call) => {
  const lead = pathLead(call);
  if (isRefusal(lead)) return lead;
  const fields = readLeadChange(call.body);
  if (isRefusal(fields)) return fields;
  if (Object.keys(fields).length === 0) return missing('Give at least one field to change.');
  const changed: Lead = { ...lead, ...fields, lastActivityTimeMs: call.nowMs };
  call.workspace.leads.set(lead.leadId, changed);
  return ok(leadFields(changed, call.workspace));
};

const REASON_MAX = 200;

/** The documents say that a reason is needed, not where: the query or the body, not two different ones. */
const reasonOf = ({ query, body }: Call): string | Refusal => {
  const inQuery = query.get('reason');
  const inBody = body['reason'];
  if (inBody !== undefined && typeof inBody !== 'string') return invalid('reason must be text.');
  if (inQuery !== undefined && inBody !== undefined && inQuery !== inBody) {
    return invalid('reason differs between query and body; give it once.');
  }
  const reason = (inQuery ?? inBody ?? '').trim();
  if (reason === '') return missing('reason is required: say why this lead is deleted.');
  return reason.length > REASON_MAX ? tooLong(`reason is longer than ${REASON_MAX} characters.`) : reason;
};

export const deleteLead: Endpoint = (call) => {
  const lead = pathLead(call);
  if (isRefusal(lead)) return lead;
  const reason = reasonOf(call);
  if (isRefusal(reason)) return reason;
  call.workspace.leads.delete(lead.leadId);
  call.workspace.trash.set(lead.leadId, { lead, reason });
  return ok({ leadId: lead.leadId });
};

/** A JSON number, or the same digits as a string for languages without 64-bit numbers. */
const assigneeOf = ({ body }: Call): bigint | Refusal => {
  const value = body['assignedUserId'];
  if (value === undefined || value === null) return missing('assignedUserId is required.');
  if (typeof value === 'string') return idFrom(value, 'assignedUserId');
  const isInteger = typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));
  const id = isInteger ? BigInt(value) : -1n;
  return id >= 0n && id <= MAX_ID ? id : invalid('assignedUserId must be a decimal 64-bit integer.');
};

export const assignLead: Endpoint = (call) => {
  const lead = pathLead(call);
  if (isRefusal(lead)) return lead;
  const assignedUserId = assigneeOf(call);
  if (isRefusal(assignedUserId)) return assignedUserId;
  const { workspace, caller } = call;
  if (caller.role === 'member' && assignedUserId !== caller.id) {
    return refuse(403, 'PERMISSION_DENIED', 'Your role may assign leads to yourself only.');
  }
  const agent =
    workspace.agents.find(({ id }) => id === assignedUserId) ??
    (assignedUserId === caller.id ? caller : undefined);
  if (agent === undefined)
    return invalid('assignedUserId names nobody in this workspace; see GET /v1.0/members.');
  const changed: Lead = { ...lead, assignedUserId, assignTimeMs: call.nowMs, lastActivityTimeMs: call.nowMs };
  workspace.leads.set(lead.leadId, changed);
  return ok({
    leadId: lead.leadId,
    assignedUserId,
    assignedUser: nameOf(agent),
    assignTime: new Date(call.nowMs).toISOString(),
  });
};
