// Who can be become in the demo, for the bar on its pages. Only on loopback: nobody else may be at the browser.
import type { DemoBar, FormTarget } from '../frame.ts';
import type { Site } from './page.ts';

export const BECOME = '/demo/become';
export const becomeFlow = 'demo.become';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export const mayBecome = ({ demo, domain }: Pick<Site, 'demo' | 'domain'>): boolean =>
  demo !== undefined && LOOPBACK.has(new URL(domain.settings.issuer).hostname);

export const firstWord = (text: string): string => /^[^\s,]*/.exec(text)?.[0] ?? text;

export const demoBarOf = (
  site: Pick<Site, 'demo' | 'domain'>,
  signedIn: { readonly email: string; readonly fullName: string } | undefined,
  form: FormTarget,
): DemoBar | undefined => {
  if (site.demo === undefined || !mayBecome(site)) return undefined;
  const you = site.demo.people.find((one) => one.email === signedIn?.email);
  return {
    ...(signedIn === undefined
      ? {}
      : {
          you:
            you === undefined
              ? { name: signedIn.fullName }
              : { name: firstWord(you.name), role: firstWord(you.who) },
        }),
    others: site.demo.people
      .filter((one) => one !== you)
      .map((one) => ({ name: firstWord(one.name), email: one.email })),
    form,
  };
};
