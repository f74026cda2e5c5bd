// me, members and org: who calls and who works beside them.
import type { JsonObject } from '../lossless-json.ts';
import { isRefusal, ok } from './answer.ts';
import type { Endpoint } from './call.ts';
import { idListOf, limitOf, offsetOf } from './query.ts';
import type { Agent, Workspace } from './records.ts';

const roleNames = { owner: 'Company Owner', admin: 'Company Admin', member: 'Agent' } as const;
const roleNumbers = { owner: 2, admin: 1, member: 0 } as const;

const groupFields = (agent: Agent, workspace: Workspace): JsonObject => {
  const group = workspace.groups.find(({ id }) => id === agent.groupId);
  return {
    groupId: agent.groupId,
    groupName: group?.name ?? '',
    group:
      group === undefined
        ? null
        : { id: group.id, teamId: workspace.teamId, parentId: 0, name: group.name, type: 1, status: 1 },
  };
};

const profileOf = (agent: Agent, workspace: Workspace): JsonObject => {
  const assigned = [...workspace.leads.values()].filter(({ assignedUserId }) => assignedUserId === agent.id);
  return {
    id: agent.id,
    teamId: workspace.teamId,
    invitorUserId: workspace.agents[0]?.id ?? agent.id,
    memberUserId: agent.id,
    role: roleNumbers[agent.role],
    roleName: roleNames[agent.role],
    firstLetter: agent.firstName.slice(0, 1),
    email: agent.email,
    firstName: agent.firstName,
    lastName: agent.lastName,
    phoneNumber: agent.phoneNumber,
    status: 1,
    virtualNumber: null,
    newLeadCount: assigned.filter(({ stage }) => stage === 'New Lead').length,
    assignedLeadCount: assigned.length,
    isAdmin: agent.role !== 'member',
    agentInfo: {
      licenseId: `WA-${String(agent.id % 1000000n).padStart(6, '0')}`,
      position: agent.role === 'member' ? 'Agent' : 'Broker',
      companyName: workspace.name,
      companyAddress: workspace.name === '' ? '' : '210 Harbor Avenue, Seattle, WA 98101',
      mlsAgentId: String(agent.id % 100000n),
      agentPid: null,
    },
    timeZoneId: agent.timeZoneId,
    ...groupFields(agent, workspace),
    accountStatus: 'ACTIVE',
  };
};

export const getMe: Endpoint = ({ caller, workspace }) => ok(profileOf(caller, workspace));

export const listMembers: Endpoint = ({ workspace, query }) => {
  const limit = limitOf(query);
  if (isRefusal(limit)) return limit;
  const offset = offsetOf(query);
  if (isRefusal(offset)) return offset;
  const groupIds = idListOf(query, 'groupIds');
  if (isRefusal(groupIds)) return groupIds;
  const all = workspace.agents.filter(({ groupId }) => groupIds === undefined || groupIds.includes(groupId));
  return ok({
    // See lead-list.ts for the name of this key.
    _metadata: { collection: 'members', limit, offset, total: all.length, scrollId: null },
    members: all.slice(offset, offset + limit).map((agent) => profileOf(agent, workspace)),
  });
};

export const getOrg: Endpoint = ({ workspace }) =>
  ok({
    orgType: 'TEAM',
    enterpriseInfo: {
      enterpriseId: workspace.teamId,
      enterpriseName: workspace.name,
      memberCount: workspace.agents.length,
      leadCount: workspace.leads.size,
    },
    multiTeamInfo: { multiTeamId: workspace.teamId, multiTeamName: workspace.name },
  });
