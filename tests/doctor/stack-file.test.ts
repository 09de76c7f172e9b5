import { stackFileLines } from "../../cli/doctor/stack-file";

describe("a stack's file", () => {
  it("names a key of KMS that encrypts the stack's secrets", () => {
    const [line] = stackFileLines("secretsprovider: awskms://alias/bulwark-secrets?region=eu-central-1\nconfig: {}\n");

    expect(line).toMatchObject({ state: "ok" });
  });

  it.each([
    ["encryptionsalt: v1:abc=:v1:def\n", "a passphrase"],
    ["secretsprovider: passphrase\n", "passphrase"],
    ["secretsprovider: gcpkms://projects/one\n", "gcpkms://projects/one"],
  ])("is reported where something else encrypts them: %j", (text, got) => {
    expect(stackFileLines(text)[0]).toMatchObject({ state: "problem", got, needed: "awskms://…" });
  });

  it("is told to be open where the stack was never made", () => {
    expect(stackFileLines("config: {}\n")[0]).toMatchObject({ state: "unknown" });
    expect(stackFileLines("")[0]).toMatchObject({ state: "unknown" });
  });

  it.each([
    ["an AWS access key", `AKIA${"A".repeat(16)}`],
    ["a private key", "-----BEGIN EC PRIVATE KEY-----"],
    ["a GitHub token", `ghp_${"a".repeat(36)}`],
  ])("is reported with the line that holds %s in clear", (what, credential) => {
    const text = `secretsprovider: awskms://alias/x\nconfig:\n  bulwark:token: ${credential}\n`;

    expect(stackFileLines(text)).toMatchObject([{ state: "ok" }, { state: "problem", got: `${what} in line 3` }]);
  });
});
