// What this app does with its access: it reads three leads, and tries to delete one.
import { isObject, type Json, type JsonObject } from '../lossless-json.ts';
import { meaningOfCall } from './meaning.ts';
import { send, type Answer, type Clock } from './send.ts';
import type { Session } from './session.ts';

const remember = (session: Session, sent: Session['sent'][number]): void => {
  session.sent = [sent, ...session.sent].slice(0, 6);
};

const leadsIn = ({ json }: Answer): readonly JsonObject[] => {
  const leads: Json | undefined = json['leads'];
  return Array.isArray(leads) ? (leads as readonly Json[]).filter((lead) => isObject(lead)) : [];
};

export const callApi = async (
  session: Session,
  accessToken: string,
  apiUrl: string,
  clock: Clock,
): Promise<void> => {
  const { answer, sent } = await send(
    {
      title: 'Read three leads',
      method: 'GET',
      url: `${apiUrl}/v1.0/leads?limit=3`,
      bearer: accessToken,
    },
    meaningOfCall(
      'leads.list',
      'GET /v1.0/leads',
      (good) => `The API answered with ${leadsIn(good).length} leads.`,
    ),
    clock,
  );
  remember(session, sent);
  // What was read once stays on the page, as it would stay in a real app's database.
  if (answer.status === 200) session.leads = leadsIn(answer);
};

export const deleteLead = async (
  session: Session,
  accessToken: string,
  apiUrl: string,
  clock: Clock,
): Promise<void> => {
  const leadId = session.leads[0]?.['leadId'];
  const id = typeof leadId === 'bigint' || typeof leadId === 'number' ? leadId.toString() : '0';
  const { answer, sent } = await send(
    {
      title: 'Delete a lead',
      method: 'DELETE',
      url: `${apiUrl}/v1.0/leads/${id}?reason=Duplicate`,
      bearer: accessToken,
    },
    meaningOfCall('leads.delete', 'DELETE /v1.0/leads/{leadId}', () => `Lead ${id} is in the trash now.`),
    clock,
  );
  remember(session, sent);
  if (answer.status === 200) session.leads = session.leads.slice(1);
};
