import type { Line } from "../../line";
import { answered, type Finding, type Look, ofType, outputsOf, textIn } from "./finding";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const SUBJECT = "The edge";

/** Whether WAF itself says which web ACL stands before the load balancer: another association silently takes its place. */
export const edge: Look = {
  questions: (held) =>
    ofType(held, ASSOCIATION).map((one) => ({
      id: `web ACL ${one.urn}`,
      token: "aws:wafv2/getWebAcl:getWebAcl",
      args: { scope: "REGIONAL", resourceArn: textIn(outputsOf(held, one), "resourceArn") },
    })),
  find: (held, answers): Finding => ({
    items: [],
    lines: ofType(held, ASSOCIATION).map((one): Line => {
      const what = `web ACL before load balancer ${one.name}`;
      const said = answered(answers.get(`web ACL ${one.urn}`), SUBJECT, what);
      if ("line" in said) return said.line;
      const [got, needed] = [textIn(said.value, "arn"), textIn(outputsOf(held, one), "webAclArn")];
      if (got === needed) return { state: "ok", subject: SUBJECT, what, got: "associated" };
      const fix = "somebody associated another web ACL; put the stack's own back: run up after a refresh";
      return { state: "problem", subject: SUBJECT, what, got, needed, fix };
    }),
  }),
};
