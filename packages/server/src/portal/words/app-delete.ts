// Words of the page that deletes an app.
import { html } from '../html.ts';
import type { Html } from '../html.ts';

export const appDeleteWords = {
  title: (app: string): string => `Delete ${app}?`,
  heading: (app: Html): Html => html`Delete ${app}?`,
  text: (connections: number): string => {
    const many = connections === 1 ? '1 connection ends' : `${connections} connections end`;
    return `${many} at once, and its Client ID never works again. This cannot be undone.`;
  },
  label: "Type the app's name",
  nameDiffers: "This is not the app's name.",
  action: 'Delete app',
  keep: 'Keep it',
  link: 'Delete app',
} as const;
