import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** Who somebody is to the API server: the name and the groups that his certificate carries. */
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** A certificate with its key, both as PEM text. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** The authority that signs for one API server; it lives as long as the server's folder. */
export interface Authority {
  /** Its certificate's file. */
  readonly file: string;
  /** Signs for somebody; his groups are the certificate's organisations, as Kubernetes reads them. */
  client(identity: Identity): Promise<Certificate>;
  /** Signs for a server on this machine, which is a client of the next. */
  server(name: string): Promise<Certificate>;
}

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc"];
/** Longer than any rehearsal; nothing trusts this authority but the server that was started with it. */
const DAYS = ["-days", "7"];

/** Makes an authority in a folder that only its owner reads, by the `openssl` of the machine. */
export async function makeAuthority(folder: string): Promise<Authority> {
  const authority = authorityIn(folder);
  await openssl([...KEY, ...DAYS, "-subj", "/CN=bulwark", "-keyout", join(folder, "ca.key"), "-out", authority.file]);
  return authority;
}

/** The authority that was made in the folder. */
export function authorityIn(folder: string): Authority {
  const file = join(folder, "ca.crt");
  let count = 0;
  const signed = async (subject: string, ...extensions: readonly string[]): Promise<Certificate> => {
    count += 1;
    const name = join(folder, `${process.pid}-${count}`);
    const by = ["-CA", file, "-CAkey", join(folder, "ca.key")];
    const added = ["basicConstraints=critical,CA:FALSE", ...extensions].flatMap((each) => ["-addext", each]);
    const into = ["-keyout", `${name}.key`, "-out", `${name}.crt`];
    await openssl([...KEY, ...DAYS, ...by, "-subj", subject, ...added, ...into]);
    return { certificate: readFileSync(`${name}.crt`, "utf8"), key: readFileSync(`${name}.key`, "utf8") };
  };
  return {
    file,
    client: ({ user, groups }) => {
      const organisations = groups.map((group) => `/O=${escaped(group)}`).join("");
      return signed(`${organisations}/CN=${escaped(user)}`, "extendedKeyUsage=clientAuth");
    },
    server: (name) => {
      const names = `subjectAltName=IP:127.0.0.1,DNS:localhost`;
      return signed(`/CN=${escaped(name)}`, "extendedKeyUsage=serverAuth,clientAuth", names);
    },
  };
}

/** A value as `-subj` takes it: its separators are escaped, so that a group stays one group. */
function escaped(value: string): string {
  return value.replaceAll(/[\\/+=]/g, String.raw`\$&`);
}

async function openssl(args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)("openssl", ["req", "-x509", "-utf8", ...args]);
  } catch (error) {
    const missing = typeof error === "object" && error !== null && "code" in error && error.code === "ENOENT";
    throw new Error(missing ? "openssl is not on your PATH; install OpenSSL 3" : "openssl signed nothing", {
      cause: error,
    });
  }
}
