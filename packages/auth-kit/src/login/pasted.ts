// What a person may paste at the end of a browser login: `code#state` from the server's page, or the whole address that
// the browser ended at. Anything else is told apart, so that the next try can be a better one.

export type PasteVerdict =
  /** It is this sign-in's. */
  | 'taken'
  /** Of another sign-in: its state is not ours. */
  | 'other-sign-in'
  /** No code and no address of ours, or half of one. */
  | 'not-a-code';

export type Pasted =
  | { readonly verdict: Exclude<PasteVerdict, 'taken'> }
  | {
      readonly verdict: 'taken';
      readonly parameters: URLSearchParams;
      readonly redirectUri: string;
      /** The page shows code and state alone: no `iss` can be expected. */
      readonly shortened: boolean;
    };

export type PasteTargets = {
  readonly state: string;
  /** The page that shows `code#state`. */
  readonly page: string | undefined;
  readonly loopback: string | undefined;
};

export function readPasted(text: string, targets: PasteTargets): Pasted {
  const trimmed = text.replaceAll(/\s+/g, '');
  return /^https?:\/\//i.test(trimmed) ? readAddress(trimmed, targets) : readCode(trimmed, targets);
}

function readAddress(text: string, { state, page, loopback }: PasteTargets): Pasted {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const redirectUri = [page, loopback].find(
    (each) => each !== undefined && each === `${url?.origin}${url?.pathname}`,
  );
  const parameters = url?.searchParams;
  if (parameters === undefined || (!parameters.has('code') && !parameters.has('error'))) {
    return { verdict: 'not-a-code' };
  }
  const given = parameters.getAll('state');
  if (redirectUri === undefined || given.length !== 1 || given[0] !== state) {
    return { verdict: 'other-sign-in' };
  }
  return { verdict: 'taken', parameters, redirectUri, shortened: false };
}

function readCode(text: string, { state, page }: PasteTargets): Pasted {
  const [, code, given] = /^([\x21-\x22\x24-\x7e]+)#([\x21-\x7e]+)$/.exec(text) ?? [];
  if (code === undefined || page === undefined) return { verdict: 'not-a-code' };
  if (given !== state) return { verdict: 'other-sign-in' };
  return {
    verdict: 'taken',
    parameters: new URLSearchParams({ code, state }),
    redirectUri: page,
    shortened: true,
  };
}
