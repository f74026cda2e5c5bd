// A connection of `user` with a production app, made as in life: consent, code, token.
import type { World } from './world.ts';

export const connectedOf = async ({ portal, people: { user } }: World): Promise<string> => {
  const { app, secret } = await portal.makeApp();
  const answer = await portal.post('/oauth/token', {
    grant_type: 'authorization_code',
    code: await portal.makeCode(app, user),
    redirect_uri: app.redirectUris[0] ?? '',
    client_id: app.clientId,
    client_secret: secret ?? '',
  });
  if (answer.status !== 200) throw new Error(answer.text);
  const all = await portal.domain.stores.connections.entriesOf(user.user.id);
  return all.find(({ appId }) => appId === app.id)?.publicId ?? '';
};
