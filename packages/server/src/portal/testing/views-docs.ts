// The documents as the portal serves them: the index, every guide, and two error pages.
import { docsFolder, openLibrary } from '../docs/library.ts';
import { docsIndexPage, documentPage } from '../docs/pages.ts';
import { asVera, signedOut } from './samples.ts';
import type { Preview } from './sample-view.ts';

const library = openLibrary(docsFolder, 'http://localhost:4000');
const errors = library.errors.filter(({ name }) => /\/(200100|invalid_grant)$/.test(name));

export const docsViews: Readonly<Record<string, Preview>> = {
  docs: { kind: 'normal', page: () => docsIndexPage({ frame: asVera, library }) },
  ...Object.fromEntries(
    [...library.guides, ...errors].map((document): [string, Preview] => [
      `docs-${document.name.replace('/', '-')}`,
      { kind: 'normal', page: () => documentPage({ frame: signedOut, document }) },
    ]),
  ),
};
