// A lead as the API shows it, and who may see or change it.
import type { JsonObject } from '../lossless-json.ts';
import { refuse, type Refusal } from './answer.ts';
import type { Call } from './call.ts';
import { idOfName, sources, stages, type Agent, type Lead, type Workspace } from './records.ts';

/** An admin sees every lead of the workspace; a member sees their own and those that nobody has yet. */
export const mayView = (caller: Agent, lead: Lead): boolean =>
  caller.role !== 'member' || lead.assignedUserId === null || lead.assignedUserId === caller.id;

/** Absent and invisible look the same, so that nobody can probe for other people's leads. */
export const visibleLead = ({ workspace, caller }: Call, leadId: bigint): Lead | Refusal => {
  const lead = workspace.leads.get(leadId);
  return lead !== undefined && mayView(caller, lead)
    ? lead
    : refuse(404, 'LEAD_NOT_EXIST', 'This lead does not exist, or you may not see it.');
};

const iso = (timeMs: number | null): string | null =>
  timeMs === null ? null : new Date(timeMs).toISOString();

export const nameOf = (agent: Agent): string => `${agent.firstName} ${agent.lastName}`.trim();

const inquiryOf = ({ inquiry }: Lead): JsonObject | null =>
  inquiry === null ? null : { ...inquiry, locations: [...inquiry.locations] };

const propertiesOf = (lead: Lead): readonly JsonObject[] =>
  lead.streetAddress === null
    ? []
    : [
        {
          streetAddress: lead.streetAddress,
          city: lead.city,
          state: lead.state,
          zipCode: lead.zipCode,
          label: 'Home',
        },
      ];

export const leadFields = (lead: Lead, workspace: Workspace): JsonObject => {
  const agent = workspace.agents.find(({ id }) => id === lead.assignedUserId);
  return {
    leadId: lead.leadId,
    leadUserId: lead.leadId,
    firstName: lead.firstName,
    lastName: lead.lastName,
    birthday: lead.birthday,
    emails: [...lead.emails],
    phones: [...lead.phones],
    leadSource: sources.indexOf(lead.source as (typeof sources)[number]) + 1,
    source: lead.source,
    stageId: stages.indexOf(lead.stage) + 1,
    stage: lead.stage,
    assignedUserId: lead.assignedUserId,
    assignedUser: agent === undefined ? null : nameOf(agent),
    lenderUserId: null,
    score: lead.score,
    tags: lead.tags.map((tagName) => ({ tagId: idOfName(tagName), tagName })),
    leadTypes: [...lead.leadTypes],
    teamId: workspace.teamId,
    streetAddress: lead.streetAddress,
    city: lead.city,
    state: lead.state,
    zipCode: lead.zipCode,
    createTime: iso(lead.createTimeMs),
    assignTime: iso(lead.assignTimeMs),
    lastActivityTime: iso(lead.lastActivityTimeMs),
    cannotText: lead.cannotText,
    cannotCall: lead.cannotCall,
    cannotEmail: lead.cannotEmail,
    hiddenFlag: lead.hiddenFlag,
    referredBy: lead.referredBy,
    leadInquiry: inquiryOf(lead),
    leadPropertyList: propertiesOf(lead),
  };
};
