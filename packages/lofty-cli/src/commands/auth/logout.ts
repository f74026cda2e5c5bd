/** Owns `lofty-cli auth logout`: as documented it only deletes what this computer holds, and says so; --revoke does more. */
import type { Io, Result, SavedSignIn, SignOutReport } from '@latchkey/auth-kit';
import { fileStore, ok, readProfiles, signOut } from '@latchkey/auth-kit';
import type { Run } from '../../command.ts';
import type { Context } from '../../context.ts';
import type { ExitCode } from '../../exit-code.ts';
import { exitCode } from '../../exit-code.ts';
import { credentialFiles, profilesFile } from '../../files.ts';
import { firstPartyApp, methodLabels } from '../../methods.ts';

export const run: Run = async (context, input) => {
  const revoke = input.switches.has('revoke');
  const profiles = input.switches.has('all') ? await allProfiles(context) : ok([context.profile.name]);
  if (!profiles.ok) return context.refuse(profiles.failure);
  const network = watchNetwork(context.io);
  const report = await signOut({
    io: network.io,
    ...savedIn(context, profiles.value),
    local: !revoke,
    notice: context.sayNote,
  });
  sayDeleted(context, report);
  sayRevoked(context, report, revoke);
  const still = variables.filter((name) => (context.io.env[name] ?? '') !== '');
  if (still.length > 0) context.sayNote(`Still set, unset it too: ${still.join(', ')}`);
  await print(context, report, still);
  return exitOf(report, revoke, network.failed());
};

const variables = ['LOFTY_SESSION_ID', 'LOFTY_CLIENT_SECRET', 'LOFTY_CUSTOMER_KEY', 'LOFTY_ACCESS_TOKEN'];

async function allProfiles({ io }: Context): Promise<Result<readonly string[]>> {
  const profiles = await readProfiles(profilesFile(io.homedir()));
  return profiles.ok ? ok(Object.keys(profiles.value.known)) : profiles;
}

/** Everything that the chains of these profiles could read. */
function savedIn(
  { io }: Context,
  profiles: readonly string[],
): { readonly signIns: readonly SavedSignIn[]; readonly files: readonly string[] } {
  const clientId = io.env['LOFTY_CLIENT_ID'] ?? '';
  const clientSecret = io.env['LOFTY_CLIENT_SECRET'] ?? '';
  const vendor = clientId !== '' && clientSecret !== '' ? { clientId, clientSecret } : undefined;
  const several = profiles.length > 1;
  const each = profiles.map((profile) => {
    const files = credentialFiles(io.homedir(), profile);
    const named = (method: keyof typeof methodLabels): string =>
      several ? `${methodLabels[method]} of profile ${profile}` : methodLabels[method];
    return {
      signIns: [
        // A token that a Token URL handed out belongs to an app that we do not know.
        { name: named('token-url'), store: fileStore(files.sessionCache) },
        {
          name: named('browser-oauth'),
          store: fileStore(files.pkceCache),
          client: { clientId: firstPartyApp },
        },
        { name: named('client-credentials'), store: fileStore(files.oauthCache), client: vendor },
      ],
      files: [files.customerKey, files.pendingLogin],
    };
  });
  return {
    signIns: each.flatMap(({ signIns }) => signIns),
    files: each.flatMap(({ files }) => files),
  };
}

function sayDeleted(context: Context, { places }: SignOutReport): void {
  const deleted = places.filter((place) => place.deleted);
  for (const { place } of deleted) context.sayDone(`Deleted ${place.name}`);
  for (const { place, failure } of places) {
    if (failure === undefined) continue;
    context.refuse({
      ...failure,
      reason: `${place.name} could not be deleted`,
      next: `delete ${place.name} by hand`,
    });
  }
  if (deleted.length === 0 && places.every(({ failure }) => failure === undefined)) {
    context.say('Nothing was saved on this computer.');
  }
}

function sayRevoked({ say, sayDone, sayNote }: Context, { tokens }: SignOutReport, revoke: boolean): void {
  const byHand = [
    'disconnect lofty-cli under Settings > Integrations,',
    'or revoke the key you used.',
  ] as const;
  if (!revoke) {
    say(
      'Only on this computer: nothing was revoked at the server. To end access there,',
      ...byHand,
      'A browser sign-in is also revoked by: lofty-cli auth logout --revoke',
    );
    return;
  }
  if (tokens.length === 0) say('There was no sign-in to revoke at the server.');
  for (const { signIn, token, revoked, reason } of tokens) {
    if (revoked) sayDone(`Revoked at the server: ${token} token of ${signIn}`);
    else sayNote(`Not revoked: ${token} token of ${signIn}: ${reason ?? 'unknown'}`);
  }
  if (tokens.some(({ revoked }) => !revoked)) say(`To end access at the server, ${byHand[0]}`, byHand[1]);
}

async function print(
  { global, print: printData }: Context,
  { places, tokens }: SignOutReport,
  stillSet: readonly string[],
): Promise<void> {
  if (global.format === 'text') return;
  const removed = places.filter(({ deleted }) => deleted).map(({ place }) => place.name);
  const revoked = tokens.length > 0 && tokens.every((token) => token.revoked);
  await printData(JSON.stringify({ removed, revoked, stillSet, tokens }));
}

/** What stays on this computer is the worst; then what stays at a server that was asked. */
function exitOf({ places, tokens }: SignOutReport, revoke: boolean, unreachable: boolean): ExitCode {
  if (places.some(({ failure }) => failure !== undefined)) return exitCode.failure;
  if (!revoke || tokens.every(({ revoked }) => revoked)) return exitCode.ok;
  return unreachable ? exitCode.network : exitCode.failure;
}

/** Whether a call ended without an answer: another exit code than a server that says no. */
function watchNetwork(io: Io): { readonly io: Io; readonly failed: () => boolean } {
  let failed = false;
  const fetch: Io['fetch'] = async (input, init) => {
    try {
      return await io.fetch(input, init);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  return { io: { ...io, fetch }, failed: () => failed };
}
