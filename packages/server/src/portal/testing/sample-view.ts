// What a sample of a page is: which kind it is served as, and the page itself.
import type { PageKind } from '../headers.ts';
import type { Html } from '../html.ts';

export type Preview = { readonly kind: PageKind; readonly page: () => Html };
