// What happened to an app: when, who, what, why.
import type { LifecycleEvent } from '../../domain/apps/lifecycle.ts';
import type { Frame } from '../frame.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { name } from '../names.ts';
import { empty } from '../parts/empty.ts';
import { pagination } from '../parts/navigation.ts';
import { table } from '../parts/table.ts';
import { fullMoment } from '../parts/time.ts';
import { historyWords as text } from '../words/review.ts';
import { written } from './answers.ts';
import { appPage } from './app-frame.ts';
import type { AppHead } from './app-frame.ts';

export type HistoryLine = {
  readonly atMs: number;
  readonly who: string;
  readonly verb: keyof typeof text.verbs;
  readonly event?: LifecycleEvent;
  readonly why: string;
};

export type AppHistoryView = {
  readonly frame: Frame;
  readonly app: AppHead;
  readonly lines: readonly HistoryLine[];
  readonly firstUrl?: string;
  readonly nextUrl?: string;
};

export const appHistoryPage = (view: AppHistoryView): Html =>
  appPage(
    { frame: view.frame, app: view.app, tab: 'history' },
    html`<p class="lead">${text.lead}</p>
      ${
        view.lines.length === 0
          ? empty({ icon: 'clock', title: text.empty, text: text.emptyText })
          : table({
              name: text.name,
              width: 'medium',
              columns: [
                { title: text.columns.when, oneLine: true },
                { title: text.columns.who },
                { title: text.columns.what },
                { title: text.columns.why },
              ],
              rows: view.lines.map((line) => [
                fullMoment(line.atMs, view.frame),
                name(line.who),
                (line.event === undefined ? undefined : text.events[line.event]) ?? text.verbs[line.verb],
                line.why === '' ? '–' : written(line.why),
              ]),
            })
      }
      ${pagination({
        ...(view.firstUrl === undefined ? {} : { firstUrl: view.firstUrl }),
        ...(view.nextUrl === undefined ? {} : { nextUrl: view.nextUrl }),
      })}`,
  );
