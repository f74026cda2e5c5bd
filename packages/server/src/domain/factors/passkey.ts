// Passkeys (WebAuthn): options for the browser, and what its answers prove. User verification is always asked for, so
// that a passkey is two factors in one.
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import * as v from 'valibot';
import type { Domain } from '../domain.ts';
import type { User } from '../users/user.ts';
import { checkChallenge, newChallenge, type ChallengePurpose } from './challenge.ts';
import type { Passkey, SecondProof, SpentChallenge } from './factor.ts';

export type PasskeyCreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type PasskeyRequestOptions = PublicKeyCredentialRequestOptionsJSON;
type Ports = Pick<Domain, 'secrets' | 'settings' | 'now' | 'stores'>;

/** EdDSA, ES256, RS256: what every authenticator of today has one of. */
const ALGORITHMS = [-8, -7, -257];

const rpOf = ({ settings }: Pick<Domain, 'settings'>): { readonly id: string; readonly origin: string } => {
  const { hostname, origin } = new URL(settings.issuer);
  return { id: hostname, origin };
};

const transportsOf = (given: readonly string[]): AuthenticatorTransport[] =>
  given as readonly AuthenticatorTransport[] as AuthenticatorTransport[];

export const creationOptions = (
  domain: Ports,
  user: User,
  known: readonly Passkey[],
  binding: string,
): Promise<PasskeyCreationOptions> =>
  generateRegistrationOptions({
    rpName: domain.settings.brand.name,
    rpID: rpOf(domain).id,
    userName: user.email,
    userDisplayName: user.fullName,
    userID: new TextEncoder().encode(user.publicId),
    challenge: newChallenge(domain, 'add', binding),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((one) => ({
      id: one.credentialId,
      transports: transportsOf(one.transports),
    })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  });

/** `known`: those of the person who is already named; without them any passkey of ours may answer. */
export const requestOptions = (
  domain: Ports,
  purpose: Exclude<ChallengePurpose, 'add'>,
  known: readonly Passkey[] | undefined,
  binding: string,
): Promise<PasskeyRequestOptions> =>
  generateAuthenticationOptions({
    rpID: rpOf(domain).id,
    challenge: newChallenge(domain, purpose, binding),
    userVerification: 'required',
    ...(known === undefined
      ? {}
      : {
          allowCredentials: known.map((one) => ({
            id: one.credentialId,
            transports: transportsOf(one.transports),
          })),
        }),
  });

const encoded = v.pipe(v.string(), v.maxLength(16_384));
const answerShape = v.looseObject({
  id: encoded,
  rawId: encoded,
  type: v.literal('public-key'),
  clientExtensionResults: v.optional(v.looseObject({}), {}),
  response: v.looseObject({ clientDataJSON: encoded }),
});

const parseAnswer = (text: string): v.InferOutput<typeof answerShape> | undefined => {
  try {
    const parsed = v.safeParse(answerShape, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
};

/** Collects the challenge that was signed, if it is one of ours for this. */
const challengeChecker = (domain: Ports, purpose: ChallengePurpose, binding: string) => {
  let found: SpentChallenge | undefined;
  return {
    check: (challenge: string): boolean => {
      found = checkChallenge(domain, purpose, binding, challenge);
      return found !== undefined;
    },
    found: () => found,
  };
};

export type MadeCredential = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports'> & {
  readonly challenge: SpentChallenge;
};

/** Undefined for whatever is not a new credential made here and now: the reason is nobody's business but a browser's. */
export const checkCreated = async (
  domain: Ports,
  binding: string,
  text: string,
): Promise<MadeCredential | undefined> => {
  const answer = parseAnswer(text);
  if (answer === undefined) return undefined;
  const { id, origin } = rpOf(domain);
  const challenge = challengeChecker(domain, 'add', binding);
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as unknown as RegistrationResponseJSON,
      expectedChallenge: challenge.check,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    const spent = challenge.found();
    if (!verified || spent === undefined) return undefined;
    const { credential } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: (credential.transports ?? []).filter((one) => /^[a-z-]{1,20}$/.test(one)).slice(0, 8),
      challenge: spent,
    };
  } catch {
    // The library throws for every malformed or foreign answer.
    return undefined;
  }
};

export type ProvenPasskey = { readonly passkey: Passkey; readonly proof: SecondProof };

/** The passkey that signed, and the proof to spend; undefined for whatever is not a good signature for this. */
export const checkAsserted = async (
  domain: Ports,
  purpose: Exclude<ChallengePurpose, 'add'>,
  binding: string,
  text: string,
): Promise<ProvenPasskey | undefined> => {
  const answer = parseAnswer(text);
  const passkey = answer && (await domain.stores.factors.findPasskey(answer.id));
  if (answer === undefined || passkey === undefined) return undefined;
  const { id, origin } = rpOf(domain);
  const challenge = challengeChecker(domain, purpose, binding);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON,
      expectedChallenge: challenge.check,
      expectedOrigin: origin,
      expectedRPID: id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
    });
    const spent = challenge.found();
    if (!verified || spent === undefined) return undefined;
    return {
      passkey,
      proof: { kind: 'passkey', id: passkey.id, counter: authenticationInfo.newCounter, challenge: spent },
    };
  } catch {
    return undefined;
  }
};
