import type { World } from "../../behaviour";

// Names from "AWS services that integrate with AWS PrivateLink"; guardduty-data from the GuardDuty user guide.
const INTERFACE = (
  "access-analyzer acm-pca airflow.api application-autoscaling aps aps-workspaces athena autoscaling backup batch " +
  "bedrock-runtime cloudformation cloudtrail codeartifact.api codebuild codecommit codepipeline config dynamodb ebs ec2 " +
  "ec2messages ecr.api ecr.dkr ecs ecs-agent ecs-telemetry eks eks-auth elasticfilesystem elasticloadbalancing events " +
  "execute-api firehose git-codecommit glue guardduty guardduty-data imagebuilder inspector2 kinesis-streams kms " +
  "lambda logs monitoring network-firewall organizations rds redshift-data s3 sagemaker.api secretsmanager " +
  "securityhub signer sns sqs ssm ssm-contacts ssm-incidents ssmmessages states sts sync-states synthetics wafv2 xray"
).split(" ");
const GATEWAY = ["s3", "dynamodb"];

/** An AWS service as an endpoint in a VPC reaches it. */
export interface EndpointService {
  /** `ecr.api` */
  readonly service: string;
  /** `com.amazonaws.eu-central-1.ecr.api` */
  readonly serviceName: string;
  readonly types: readonly ("Interface" | "Gateway")[];
  /** The name that private DNS answers. */
  readonly privateDnsName: string;
}

/** Every endpoint service of a region. */
export function endpointServices({ region }: Pick<World, "region">): readonly EndpointService[] {
  return INTERFACE.map((service) => ({
    service,
    serviceName: `com.amazonaws.${region}.${service}`,
    types: GATEWAY.includes(service) ? (["Gateway", "Interface"] as const) : (["Interface"] as const),
    privateDnsName: privateDnsName(service, region),
  }));
}

/** `ecr.api` answers as `api.ecr`, and every registry as `*.dkr.ecr`. */
function privateDnsName(service: string, region: string): string {
  const name = service.split(".").reverse().join(".");
  return `${service === "ecr.dkr" ? "*." : ""}${name}.${region}.amazonaws.com`;
}
