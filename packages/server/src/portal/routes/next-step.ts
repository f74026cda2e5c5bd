// The one thing that brings an app on, worked out from where it stands.
import type { App } from '../../domain/apps/app.ts';
import { CHECKS, checklistOf } from '../../domain/reviews/checklist.ts';
import type { Submission } from '../../domain/reviews/submission.ts';
import { PAGE_WAIT_MS } from '../../domain/websites/website.ts';
import type { AppOverviewView } from '../developer/overview.ts';
import { addressOf } from './app-page.ts';
import type { PersonPage } from './page.ts';

type Step = AppOverviewView['step'];

const EDIT_STEPS: Readonly<Partial<Record<Submission['status'], { name: Step['name']; path: string }>>> = {
  draft: { name: 'edit-draft', path: 'edit' },
  'under-review': { name: 'edit-waiting', path: 'review' },
  approved: { name: 'edit-approved', path: 'edit/publish' },
  declined: { name: 'edit-declined', path: 'review' },
};

const developmentStep = async (page: PersonPage, app: App): Promise<Step> => {
  const url = addressOf(app);
  const checklist = await checklistOf(page.domain, app, PAGE_WAIT_MS);
  if (!checklist.permissions) return { name: 'permissions', url: `${url}/permissions` };
  if (!checklist['flow-run']) return { name: 'try-it', url: `${url}/walk-through` };
  const complete = CHECKS.every((check) => checklist[check]);
  return { name: complete ? 'submit' : 'complete', url: `${url}/review` };
};

export const nextStepOf = async (page: PersonPage, app: App): Promise<Step> => {
  const url = addressOf(app);
  if (app.suspendedAtMs !== undefined) return { name: 'suspended', url: `${url}/history` };
  switch (app.status) {
    case 'development':
      return developmentStep(page, app);
    case 'under-review':
      return { name: 'waiting', url: `${url}/review` };
    case 'declined':
      return { name: 'declined', url: `${url}/review` };
    case 'production': {
      const open = await page.domain.stores.reviews.openOf(app.id);
      const step = open === undefined ? undefined : EDIT_STEPS[open.status];
      return step === undefined
        ? { name: 'live', url: `${url}/credentials` }
        : { name: step.name, url: `${url}/${step.path}` };
    }
  }
};
