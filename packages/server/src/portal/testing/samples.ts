// Sample people, apps and permissions for the preview, at one fixed time.
import type { Permission } from '../../domain/permissions/permission.ts';
import type { AppHead } from '../developer/app-frame.ts';
import type { Brand, FormTarget, Frame, Person } from '../frame.ts';
import type { WorkspaceOption } from '../parts/workspace-choice.ts';

export const nowMs = Date.UTC(2026, 10, 22, 14, 5);
export const minuteMs = 60_000;
export const dayMs = 86_400_000;

const brand: Brand = { name: 'Demo CRM', supportEmail: 'support@demo.test' };

export const target = (action: string): FormTarget => ({ action, csrf: 'sample-csrf' });

const signOut = target('/sign-out');

const ari: Person = {
  name: 'Ari Mendes',
  email: 'ari@demo.test',
  sections: ['settings'],
  workspaces: {
    current: { id: 'n', name: 'Northside Realty' },
    options: [
      { id: 'h', name: 'Harbor Homes' },
      { id: 'n', name: 'Northside Realty' },
    ],
    form: target('/settings/workspaces/switch'),
  },
  signOut,
};

const vera: Person = {
  name: 'Vera Lindqvist',
  email: 'vera@demo.test',
  sections: ['settings', 'developer'],
  signOut,
};

const olive: Person = {
  name: 'Olive Tan',
  email: 'olive@demo.test',
  sections: ['settings', 'operate'],
  signOut,
};

export const signedOut: Frame = { brand, nowMs, zone: 'UTC' };
export const asAri: Frame = { ...signedOut, person: ari };
const rory: Person = {
  name: 'Rory Blake',
  email: 'rory@demo.test',
  sections: ['settings', 'review'],
  signOut,
};

export const asVera: Frame = { ...signedOut, person: vera };
export const asOlive: Frame = { ...signedOut, person: olive };
export const asRory: Frame = { ...signedOut, person: rory };

const permission = (
  id: string,
  group: string,
  method: string,
  path: string,
  sentence: string,
  sensitivity: Permission['sensitivity'],
  deprecated = false,
): Permission => ({
  id,
  group,
  groupTitle: `${group[0]?.toUpperCase() ?? ''}${group.slice(1)}`,
  method,
  path,
  sentence,
  sensitivity,
  deprecated,
});

export const samplePermissions: readonly Permission[] = [
  permission('getMe', 'profile', 'GET', '/v1.0/me', 'See your name, e-mail address and role', 'reads'),
  permission('listMembers', 'members', 'GET', '/v1.0/members', 'See who works in the workspace', 'reads'),
  permission('listLeads', 'leads', 'GET', '/v1.0/leads', 'See the list of leads', 'reads'),
  permission('getLead', 'leads', 'GET', '/v1.0/leads/{leadId}', 'See everything about one lead', 'reads'),
  permission('createLead', 'leads', 'POST', '/v1.0/leads', 'Add leads', 'changes'),
  permission('updateLead', 'leads', 'PUT', '/v1.0/leads/{leadId}', 'Change leads', 'changes'),
  permission('deleteLead', 'leads', 'DELETE', '/v1.0/leads/{leadId}', 'Delete leads, for ever', 'deletes'),
  permission('sendText', 'messages', 'POST', '/v1.0/messages', 'Send text messages to leads', 'sends'),
  permission(
    'getOrg',
    'organization',
    'GET',
    '/v1.0/org',
    'See the name and address of the company',
    'reads',
    true,
  ),
];

export const workspaces: readonly WorkspaceOption[] = [
  { id: '0b8f1c1e-6c0e-4a53-9d39-0e6f7c3d1a01', name: 'Northside Realty', role: 'owner' },
  { id: '5d2a6a43-51ab-4e0c-8a2c-6f7b8ed0c902', name: 'Harbor Homes', role: 'member' },
];

export const sampleApp: AppHead = {
  name: 'Pipeline Sync',
  status: 'development',
  mode: 'development',
  limitPerMinute: 100,
  url: '/developer/apps/7Q2M9KFP',
};
