// Loomta's public paths: the connected platforms of a workspace and what a post to one may hold.
import type { JsonObject } from '../lossless-json.ts';
import { ok, refusePublic } from './answer.ts';
import type { Endpoint } from './call.ts';
import type { Platform, Workspace } from './records.ts';

const providerNames = { tiktok: 'TikTok', instagram: 'Instagram', threads: 'Threads' } as const;
const captionMax = { tiktok: 2200, instagram: 2200, threads: 500 } as const;

const platformFields = (platform: Platform, workspace: Workspace): JsonObject => ({
  id: platform.id,
  provider: platform.provider,
  providerName: providerNames[platform.provider],
  providerAccountId: `${platform.provider}-${platform.id.slice(-4)}`,
  displayName: workspace.name,
  displayHandle: platform.handle,
  displayImageUrl: null,
  disabled: platform.disabled,
  refreshNeeded: platform.refreshNeeded,
  tokenExpiresAt: null,
  capabilities: platform.provider === 'threads' ? ['text', 'image'] : ['image', 'video'],
  metadata: {},
  settings: {},
});

export const listPlatforms: Endpoint = ({ workspace }) =>
  ok({ platforms: workspace.platforms.map((platform) => platformFields(platform, workspace)) });

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const getPlatformSchema: Endpoint = ({ workspace, id }) => {
  if (!uuid.test(id)) {
    return refusePublic(400, 'invalid_request', 'The request payload is invalid.', [
      { path: ['id'], message: 'Must be a UUID.' },
    ]);
  }
  const platform = workspace.platforms.find((one) => one.id === id.toLowerCase());
  if (platform === undefined || platform.disabled || platform.refreshNeeded) {
    return refusePublic(404, 'platform_not_found', 'No such platform is connected and ready.');
  }
  return ok({
    platform: platformFields(platform, workspace),
    schema: {
      type: 'object',
      properties: {
        content: { type: 'string', maxLength: captionMax[platform.provider] },
        settings: {
          type: 'object',
          properties: { visibility: { type: 'string', enum: ['public', 'followers'] } },
          additionalProperties: false,
        },
      },
      required: ['content'],
    },
  });
};
