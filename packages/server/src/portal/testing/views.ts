// Every page with sample props, by the name that screenshots and tests use.
import type { Preview } from './sample-view.ts';
import { apiViews } from './views-api.ts';
import { settingsViews } from './views-settings.ts';
import { decisionViews } from './views-decision.ts';
import { developerViews } from './views-developer.ts';
import { docsViews } from './views-docs.ts';
import { operateViews } from './views-operate.ts';
import { otherViews } from './views-other.ts';
import { reviewViews } from './views-review.ts';
import { peopleViews } from './views-people.ts';
import { stepViews } from './views-steps.ts';
import { usageViews } from './views-usage.ts';
import { vendorViews } from './views-vendor.ts';

export const previews: Readonly<Record<string, Preview>> = {
  ...decisionViews,
  ...settingsViews,
  ...developerViews,
  ...otherViews,
  ...stepViews,
  ...peopleViews,
  ...reviewViews,
  ...usageViews,
  ...apiViews,
  ...operateViews,
  ...vendorViews,
  ...docsViews,
};
