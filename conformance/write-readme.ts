// Writes README.md anew: `node --conditions=@latchkey/source conformance/write-readme.ts`.
import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { readmeText } from './readme.ts';

await writeFile(new URL('README.md', import.meta.url), await format(readmeText(), { parser: 'markdown' }));
