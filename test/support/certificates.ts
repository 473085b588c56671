// Certificates for the tests of TLS, made by the `openssl` program and valid for two days.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** Its own certificate, PEM. */
  readonly ca: string;
  /** A certificate for a server of this name, or a client. */
  issue(name: string): Certificate;
}

/** A folder for an authority's files; `remove` it at the end. */
export function authorityFolder(): { readonly path: string; authority(name: string): Authority; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-certificates-'));
  return {
    path,
    authority: (name) => makeAuthority(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const DAYS = ['-days', '2'];

function makeAuthority(folder: string, authority: string): Authority {
  const file = (name: string): string => join(folder, `${authority}-${name}`);
  // Its own settings, so that the machine's play no part.
  writeFileSync(
    file('openssl.cnf'),
    '[req]\ndistinguished_name = name\nx509_extensions = authority\n[name]\n[authority]\nbasicConstraints = critical, CA:TRUE\nsubjectKeyIdentifier = hash\n',
  );
  const config = ['-config', file('openssl.cnf')];
  const out = (name: string): string[] => ['-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)];
  openssl(['req', '-x509', ...NEW_KEY, ...DAYS, ...config, '-subj', `/CN=${authority}`, ...out('ca')]);
  return {
    ca: readFileSync(file('ca.pem'), 'utf8'),
    issue(name) {
      openssl(['req', ...NEW_KEY, ...config, '-subj', `/CN=${name}`, ...out(name)]);
      writeFileSync(file('extensions'), `subjectAltName = DNS:${name}\nbasicConstraints = CA:FALSE\n`);
      const signer = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial'];
      const extensions = ['-extfile', file('extensions')];
      openssl([
        'x509',
        '-req',
        '-in',
        file(`${name}.pem`),
        ...signer,
        ...DAYS,
        ...extensions,
        '-out',
        file(`${name}.crt`),
      ]);
      return { cert: readFileSync(file(`${name}.crt`), 'utf8'), key: readFileSync(file(`${name}.key`), 'utf8') };
    },
  };
}

function openssl(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (error) throw new Error(`The tests of TLS need the program "openssl": ${error.message}`);
  if (status !== 0) throw new Error(`openssl ${args[0]} failed:\n${stderr}`);
}
