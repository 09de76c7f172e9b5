import { readFileSync, writeFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Answer, type Asked, filledIn, type Question, waitsFor } from "./question";

/** How many questions are out at a time: Service Quotas and IAM slow down whoever asks faster. */
const AT_ONCE = 8;

/**
 * A Pulumi program that registers nothing but a provider and puts the questions of a file to it. The engine gives it the same
 * provider, credentials and retries as a deployment.
 */
export = async (): Promise<void> => {
  const { account, region, questions } = JSON.parse(readFileSync(named("BULWARK_QUESTIONS"), "utf8")) as Asked;
  const provider = new aws.Provider("asked", { region: region as aws.Region, allowedAccountIds: [account] });
  const answers = new Map<string, Answer>();

  for (let left = [...questions]; left.length > 0;) {
    const ready = left.filter((one) => waitsFor(one).every((id) => answers.has(id))).slice(0, AT_ONCE);
    if (ready.length === 0) throw new Error(`questions wait for each other: ${left.map(({ id }) => id).join(", ")}`);
    const said = await Promise.all(ready.map((one) => put(one, provider, answers)));
    ready.forEach(({ id }, index) => answers.set(id, said[index] ?? { error: "no answer" }));
    left = left.filter((one) => !ready.includes(one));
  }
  writeFileSync(named("BULWARK_ANSWERS"), JSON.stringify([...answers]));
};

async function put({ token, args }: Question, provider: aws.Provider, earlier: Map<string, Answer>): Promise<Answer> {
  const filled = filledIn(args, earlier);
  if (filled === undefined) return { error: "a question before this one got no answer" };
  try {
    return { value: (await pulumi.runtime.invoke(token, filled, { provider })) as Record<string, unknown> };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function named(variable: string): string {
  const value = process.env[variable];
  if (value === undefined)
    throw new Error(`${variable} names no file; this program is run by \`bulwark doctor\` and \`verify\``);
  return value;
}
