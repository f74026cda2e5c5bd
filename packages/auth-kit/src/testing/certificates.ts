// X.509 certificates for tests (RFC 5280): an authority, and a server certificate by it. Written out in DER here, because
// Node reads certificates and makes none.
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export type Issued = { readonly certificate: string; readonly key: string };
export type Authority = Issued & { readonly issue: (hostname: string) => Issued };

export function makeAuthority(name: string): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // CA: true, critical (section 4.2.1.9).
  const isAuthority = extension([0x55, 0x1d, 0x13], sequence(boolean(true)), true);
  const certificate = makeCertificate(name, keys.publicKey, name, keys.privateKey, isAuthority);
  return {
    certificate,
    key: pemOf(keys.privateKey),
    issue: (hostname) => {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      // A dNSName (section 4.2.1.6).
      const names = extension([0x55, 0x1d, 0x11], sequence(der(0x82, Buffer.from(hostname))), false);
      const issued = makeCertificate(hostname, own.publicKey, name, keys.privateKey, names);
      return { certificate: issued, key: pemOf(own.privateKey) };
    },
  };
}

function makeCertificate(
  subject: string,
  publicKey: KeyObject,
  issuer: string,
  issuerKey: KeyObject,
  extensions: Buffer,
): string {
  const algorithm = sequence(oid([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
  const day = 86_400_000;
  const body = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    distinguishedName(issuer),
    sequence(time(Date.now() - day), time(Date.now() + day)),
    distinguishedName(subject),
    publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(extensions)),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, issuerKey)]));
  const text = sequence(body, algorithm, signature).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function boolean(value: boolean): Buffer {
  return der(0x01, Buffer.from([value ? 0xff : 0]));
}

function oid(bytes: readonly number[]): Buffer {
  return der(0x06, Buffer.from(bytes));
}

function extension(id: readonly number[], value: Buffer, critical: boolean): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), der(0x04, value));
}

/** A common name. */
function distinguishedName(name: string): Buffer {
  return sequence(der(0x31, sequence(oid([0x55, 0x04, 0x03]), der(0x0c, Buffer.from(name)))));
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x17, Buffer.from(digits.slice(2)));
}

function pemOf(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs8' });
}
