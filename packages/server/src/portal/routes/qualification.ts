// `/developer/qualification` and the reviewers' `/review/vendors`; both exist only where the deployment asks for it.
import type { FieldProblem } from '../../domain/field-problem.ts';
import { perform } from '../../domain/operation.ts';
import type { QualificationForm } from '../../domain/vendors/qualification.ts';
import { decideQualification, submitQualification } from '../../domain/vendors/qualify.ts';
import type { PageForm } from '../../http/forms.ts';
import { problemsByField } from '../parts/field-problems.ts';
import {
  QUALIFICATION_URL,
  qualificationPage,
  VENDOR_DESK_URL,
  vendorDeskPage,
} from '../team/qualification.ts';
import { by } from './app-page.ts';
import {
  normal,
  reviewerRoute,
  seeOther,
  vendorRoute,
  type PageAnswer,
  type PersonPage,
  type Route,
  type Site,
} from './page.ts';
import { notFound } from './problems.ts';
import { refusal, refusalText } from './refusal.ts';

const FIELDS = [
  'companyName',
  'companyWebsite',
  'privacyUrl',
  'assessorName',
  'assessorTitle',
  'email',
  'phone',
] as const satisfies readonly (keyof QualificationForm)[];

const LISTED = 50;

const show = async (
  page: PersonPage,
  typed?: Readonly<Record<string, string>>,
  problems?: readonly FieldProblem[],
): Promise<PageAnswer> => {
  const { stores } = page.domain;
  const vendor = await stores.vendors.ofUser(page.signedIn.user.id);
  if (vendor === undefined) return notFound(page);
  const present = await stores.qualifications.find(vendor.id);
  const isOpen = present === undefined || present.status === 'declined';
  const fromProfile = {
    companyName: vendor.name,
    assessorName: vendor.contactName,
    email: vendor.contactEmail,
    phone: vendor.contactPhone,
  };
  return normal(
    qualificationPage({
      frame: page.frame,
      values: typed ?? present ?? fromProfile,
      ...(isOpen ? { form: page.target(QUALIFICATION_URL, submitQualification.id) } : {}),
      ...(present === undefined ? {} : { status: present.status }),
      ...(present?.reason === undefined ? {} : { reason: present.reason }),
      ...(problems === undefined ? {} : { problems: problemsByField(problems) }),
    }),
    problems === undefined ? 200 : 400,
  );
};

const submit = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const values = Object.fromEntries(FIELDS.map((field) => [field, form.get(field) ?? '']));
  const result = await perform(page.domain, submitQualification, by(page), values);
  if (result.ok) return seeOther(QUALIFICATION_URL, 'qualification-sent');
  if ('problems' in result) return show(page, values, result.problems);
  return refusal(page, submitQualification.id, result, QUALIFICATION_URL);
};

type Undecided = {
  readonly vendor: string;
  readonly reason: string;
  readonly problems?: readonly FieldProblem[];
  readonly refused?: string;
};

const flowOf = (vendor: string): string => `${decideQualification.id} ${vendor}`;

const showDesk = async (page: PersonPage, undecided?: Undecided, status = 200): Promise<PageAnswer> => {
  const waiting = await page.domain.stores.qualifications.listWaiting(LISTED);
  return normal(
    vendorDeskPage({
      frame: page.frame,
      waiting: waiting.map(({ qualification, vendor }) => {
        const isThis = undecided?.vendor === vendor.publicId;
        return {
          id: vendor.publicId,
          vendor: vendor.name,
          values: qualification,
          sentAtMs: qualification.submittedAtMs,
          decide: page.target(VENDOR_DESK_URL, flowOf(vendor.publicId), {
            vendor: vendor.publicId,
            version: String(qualification.version),
          }),
          ...(isThis ? { reason: undecided.reason } : {}),
          ...(isThis && undecided.problems !== undefined
            ? { problems: problemsByField(undecided.problems) }
            : {}),
          ...(isThis && undecided.refused !== undefined ? { refused: undecided.refused } : {}),
        };
      }),
    }),
    status,
  );
};

const decide = async (page: PersonPage, form: PageForm): Promise<PageAnswer> => {
  const vendor = form.get('vendor') ?? '';
  const reason = form.get('reason') ?? '';
  const result = await perform(page.domain, decideQualification, by(page), {
    vendor,
    version: Number(form.get('version')),
    decision: form.get('decision'),
    reason,
  });
  if (result.ok) return seeOther(VENDOR_DESK_URL, 'qualification-decided');
  if ('problems' in result) return showDesk(page, { vendor, reason, problems: result.problems }, 400);
  if (result.reason === 'reason-missing') {
    const problems = [{ field: 'reason', code: 'reason-missing' }] as const;
    return showDesk(page, { vendor, reason, problems }, 400);
  }
  if (result.reason !== 'own-vendor') return refusal(page, decideQualification.id, result, VENDOR_DESK_URL);
  const refused = refusalText(decideQualification.id, result.reason) ?? '';
  return showDesk(page, { vendor, reason, refused }, 409);
};

export const qualificationRoutes = ({ domain }: Site): readonly Route[] =>
  domain.settings.vendorQualification
    ? [
        vendorRoute({
          path: QUALIFICATION_URL,
          get: (page) => show(page),
          post: { fields: FIELDS, flow: () => submitQualification.id, handle: submit },
        }),
        reviewerRoute({
          path: VENDOR_DESK_URL,
          get: (page) => showDesk(page),
          post: {
            fields: ['vendor', 'version', 'decision', 'reason'],
            flow: (_page, form) => flowOf(form.get('vendor') ?? ''),
            handle: decide,
          },
        }),
      ]
    : [];
