// An app's or the brand's picture, or the first letter of its name.
import { attributes, html, href } from '../html.ts';
import type { Html } from '../html.ts';
import { initial } from '../names.ts';

export type LogoProps = {
  readonly name: string;
  /** On our own origin: the page's CSP shows no other picture. */
  readonly url?: string | undefined;
  readonly size?: 'tiny' | 'large';
  readonly brand?: boolean;
};

export const logo = (given: LogoProps): Html => {
  const className = ['logo', given.size ?? '', given.brand === true ? 'brand-logo' : '']
    .filter((word) => word !== '')
    .join(' ');
  const url = given.url === undefined ? undefined : href(given.url);
  return html`<span class="${className}" aria-hidden="true"
    >${url === undefined ? initial(given.name) : html`<img ${attributes({ src: url, alt: '' })} />`}</span
  >`;
};
