import { accessanalyzer } from "./aws/accessanalyzer";
import { acm } from "./aws/acm";
import { backup } from "./aws/backup";
import { budgets } from "./aws/budgets";
import { cloudtrail } from "./aws/cloudtrail";
import { cloudwatch, cloudwatchInvokes } from "./aws/cloudwatch";
import { codebuild } from "./aws/codebuild";
import { config } from "./aws/config";
import { ec2 } from "./aws/ec2";
import { ec2Invokes } from "./aws/ec2/invoke";
import { ecr } from "./aws/ecr";
import { eks, eksInvokes } from "./aws/eks";
import { guardduty } from "./aws/guardduty";
import { iam, iamInvokes } from "./aws/iam";
import { identityInvokes } from "./aws/identity";
import { imagebuilder } from "./aws/imagebuilder";
import { inspector2 } from "./aws/inspector2";
import { kms, kmsInvokes } from "./aws/kms";
import { lambda } from "./aws/lambda";
import { lb, lbInvokes } from "./aws/lb";
import { networkFirewall } from "./aws/network-firewall";
import { policyDocumentInvokes } from "./aws/get-policy-document";
import { resolver } from "./aws/resolver";
import { route53 } from "./aws/route53";
import { s3, s3Invokes } from "./aws/s3";
import { secretsmanager } from "./aws/secretsmanager";
import { securityhub } from "./aws/securityhub";
import { serviceQuotasInvokes } from "./aws/service-quotas";
import { shield } from "./aws/shield";
import { signer } from "./aws/signer";
import { sns } from "./aws/sns";
import { sqs } from "./aws/sqs";
import { ssm, ssmInvokes } from "./aws/ssm";
import { taggingInvokes } from "./aws/tagging";
import { wafv2, wafv2Invokes } from "./aws/wafv2";
import type { Behaviour, Invoke } from "./behaviour";

/** Every type the twin knows; what is not here is refused, never silently accepted. */
export const catalogue: readonly Behaviour[] = [
  ...accessanalyzer,
  ...acm,
  ...backup,
  ...budgets,
  ...cloudtrail,
  ...cloudwatch,
  ...codebuild,
  ...config,
  ...ec2,
  ...ecr,
  ...eks,
  ...guardduty,
  ...iam,
  ...imagebuilder,
  ...inspector2,
  ...kms,
  ...lambda,
  ...lb,
  ...networkFirewall,
  ...resolver,
  ...route53,
  ...s3,
  ...secretsmanager,
  ...securityhub,
  ...shield,
  ...signer,
  ...sns,
  ...sqs,
  ...ssm,
  ...wafv2,
];

/** Every function the twin answers. */
export const invokes: Readonly<Record<string, Invoke>> = {
  ...cloudwatchInvokes,
  ...ec2Invokes,
  ...eksInvokes,
  ...iamInvokes,
  ...identityInvokes,
  ...kmsInvokes,
  ...lbInvokes,
  ...policyDocumentInvokes,
  ...s3Invokes,
  ...serviceQuotasInvokes,
  ...ssmInvokes,
  ...taggingInvokes,
  ...wafv2Invokes,
};
