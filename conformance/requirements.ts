// Each requirement of documents 000 to 004, and of the newer pages beside them, and the test that proves it; README.md is written
// from this (write-readme.ts).
import { document000 } from './requirements/000.ts';
import { document001 } from './requirements/001.ts';
import { document002 } from './requirements/002.ts';
import { document003 } from './requirements/003.ts';
import { document004 } from './requirements/004.ts';
import { helpPages } from './requirements/help.ts';
import type { Requirement } from './requirements/row.ts';

export const requirements: readonly Requirement[] = [
  ...document000,
  ...document001,
  ...document002,
  ...document003,
  ...document004,
  ...helpPages,
];
