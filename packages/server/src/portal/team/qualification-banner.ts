// On the vendor's dashboard, where vendors are looked at before they register apps: how far that is, and where it goes on.
import type { QualificationStatus } from '../../domain/vendors/qualification.ts';
import { html, link } from '../html.ts';
import type { Html } from '../html.ts';
import { notice } from '../parts/notice.ts';
import { qualificationWords as text } from '../words/team.ts';
import { QUALIFICATION_URL } from './qualification.ts';

/** `needed`: the form was never sent. */
export type UnfinishedQualification = Exclude<QualificationStatus, 'qualified'> | 'needed';

export const qualificationBanner = (status: UnfinishedQualification): Html =>
  notice({
    tone: status === 'declined' ? 'bad' : 'warning',
    content: html`<p>${text.banner[status]} ${link(QUALIFICATION_URL, text.toForm)}</p>`,
  });
