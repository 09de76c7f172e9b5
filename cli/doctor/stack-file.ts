import { parse } from "yaml";
import type { Line } from "../line";

const SUBJECT = "Secrets of the stack";
const FIX =
  "pulumi stack change-secrets-provider 'awskms://…' with the secretsProvider that `npm run bootstrap` printed, then commit the file";

/** Forms of credentials that no configuration needs (AWS, "Identify access keys"; RFC 7468; GitHub, "About authentication"). */
const CREDENTIALS: Readonly<Record<string, RegExp>> = {
  "an AWS access key": /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  "a private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  "a GitHub token": /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
};

/**
 * Whether secrets in a stack's configuration and state are encrypted by KMS, and whether the file holds a credential in clear
 * (EKS-ENC-7). A passphrase is known to whoever ran the first command, and nobody can take it back.
 */
export function stackFileLines(text: string): readonly Line[] {
  const { secretsprovider, encryptionsalt } = (parse(text) ?? {}) as {
    readonly secretsprovider?: string;
    readonly encryptionsalt?: string;
  };
  const credentials = Object.entries(CREDENTIALS).flatMap(([what, form]) =>
    text.split("\n").flatMap((line, index): Line[] =>
      form.test(line)
        ? [
            {
              state: "problem",
              subject: SUBJECT,
              what: "credentials",
              got: `${what} in line ${index + 1}`,
              needed: "none in clear",
              fix: "take it out, revoke it, and put its successor into Secrets Manager",
            },
          ]
        : [],
    ),
  );
  return [provider(secretsprovider, encryptionsalt), ...credentials];
}

function provider(secretsprovider: string | undefined, encryptionsalt: string | undefined): Line {
  const line = { subject: SUBJECT, what: "secrets provider", needed: "awskms://…", fix: FIX };
  if (secretsprovider?.startsWith("awskms://") === true) return { ...line, state: "ok", got: secretsprovider };
  if (secretsprovider !== undefined) return { ...line, state: "problem", got: secretsprovider };
  if (encryptionsalt !== undefined) return { ...line, state: "problem", got: "a passphrase" };
  return {
    ...line,
    state: "unknown",
    got: "the stack was never made",
    fix: "pulumi stack init --secrets-provider 'awskms://…', as `npm run bootstrap` prints it",
  };
}
