import { X509Certificate } from 'node:crypto';
import { diagnosis, type Diagnosis } from './diagnosis.ts';

const dayMs = 86_400_000;
/** Who pins a certificate needs time to pin the next one. */
const noticeDays = 30;

/** How long a certificate holds. */
export function diagnoseCertificate(what: string, pem: string, nowMs: number, advice: string): Diagnosis {
  const { validFromDate, validToDate } = new X509Certificate(pem);
  const days = Math.floor((validToDate.getTime() - nowMs) / dayMs);
  const ok = validFromDate.getTime() <= nowMs && days >= noticeDays;
  return diagnosis(what, ok, `valid for ${days} days, until ${validToDate.toISOString().slice(0, 10)}`, advice);
}
