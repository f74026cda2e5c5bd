// Calls a CRM as the gateway would: with the identity headers of one demo person in one workspace.
import { parseJson, writeJson, type Json, type JsonObject } from '../lossless-json.ts';

export const ari = '9007199254740993';
export const olive = '1152921504606846979';
export const northside = '71001';
export const harbor = '9007199254741997';

export type Reply = { readonly status: number; readonly text: string; readonly json: JsonObject };

export type As = { readonly user?: string; readonly workspace?: string; readonly app?: string };

export const caller =
  (url: string, { user = ari, workspace = northside, app = 'app-1' }: As = {}) =>
  async (method: string, target: string, body?: Json | Uint8Array): Promise<Reply> => {
    const answer = await fetch(`${url}${target}`, {
      method,
      headers: {
        ...(user === '' ? {} : { 'x-latchkey-user': user }),
        ...(workspace === '' ? {} : { 'x-latchkey-workspace': workspace }),
        'x-latchkey-app': app,
        'content-type': 'application/json',
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? Buffer.from(body) : writeJson(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, text, json: (parseJson(text) ?? {}) as JsonObject };
  };

export const leadsOf = ({ json }: Reply): readonly JsonObject[] => json['leads'] as unknown as JsonObject[];
export const totalOf = ({ json }: Reply): number => Number((json['_metadata'] as JsonObject)['total']);
export const scrollIdOf = ({ json }: Reply): string | null =>
  (json['_metadata'] as JsonObject)['scrollId'] as string | null;

/** A plain value as the text it has in an address or a sentence. */
export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value : writeJson(value ?? null);
