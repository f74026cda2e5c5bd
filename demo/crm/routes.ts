// Path and method to endpoint. A test holds this table against openapi.yaml, both ways.
import type { Endpoint } from './call.ts';
import { listLeads } from './lead-list.ts';
import { assignLead, createLead, deleteLead, getLead, updateLead } from './leads.ts';
import { getPlatformSchema, listPlatforms } from './platforms.ts';
import { getMe, getOrg, listMembers } from './profile.ts';
import { createWebhook, deleteWebhook, listWebhooks } from './webhooks.ts';

export type Methods = Readonly<Record<string, Endpoint>>;

/** Templates as in openapi.yaml; each has at most one `{name}`. */
export const routes: Readonly<Record<string, Methods>> = {
  // POST is the documents' own sample call (`--data ''`) and reads the profile, too.
  '/v1.0/me': { GET: getMe, POST: getMe },
  '/v1.0/members': { GET: listMembers },
  '/v1.0/org': { GET: getOrg },
  '/v1.0/leads': { GET: listLeads, POST: createLead },
  '/v1.0/leads/{leadId}': { GET: getLead, PUT: updateLead, DELETE: deleteLead },
  '/v1.0/leads/{leadId}/assignment': { POST: assignLead },
  '/v1.0/webhooks': { GET: listWebhooks },
  '/v1.0/webhook': { POST: createWebhook },
  '/v1.0/webhook/{subscribeId}': { DELETE: deleteWebhook },
  '/public/v1/platforms': { GET: listPlatforms },
  '/public/v1/platforms/{id}/schema': { GET: getPlatformSchema },
};

const compiled = Object.entries(routes).map(([template, methods]) => ({
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/, '([^/]+)')}$`),
  methods,
}));

/** The raw path decides, as it does at the gateway: nothing is decoded or normalised. */
export const routeOf = (path: string): { readonly methods: Methods; readonly id: string } | undefined => {
  for (const { pattern, methods } of compiled) {
    const match = pattern.exec(path);
    if (match !== null) return { methods, id: match[1] ?? '' };
  }
  return undefined;
};
