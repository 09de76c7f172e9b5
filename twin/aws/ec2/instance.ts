import type { Behaviour, Call } from "../../behaviour";
import { AwsError } from "../../error";
import { regionalArn } from "../arn";
import { text, texts } from "../property";
import { ec2, toSecurityGroup, toSubnet } from "./reference";
import { SECURITY_GROUP, SUBNET } from "./token";

/** Instances: each stands in a subnet for its life, and its groups are of the same network. */
export const instance: readonly Behaviour[] = [
  {
    ...ec2("i"),
    token: "aws:ec2/instance:Instance",
    words: "EC2 Instance",
    // Terraform provider source, resource aws_instance: what forces a new one. Type, groups and profile change in place.
    replaces: [
      "ami",
      "associatePublicIpAddress",
      "availabilityZone",
      "keyName",
      "placementGroup",
      "privateIp",
      "rootBlockDevice.encrypted",
      "rootBlockDevice.kmsKeyId",
      "subnetId",
    ],
    references: [
      toSubnet("subnetId", "held"),
      toSecurityGroup("vpcSecurityGroupIds[]", "held"),
      {
        path: "iamInstanceProfile",
        to: "aws:iam/instanceProfile:InstanceProfile",
        missing: (name) =>
          new AwsError(
            "InvalidParameterValue",
            `Value (${name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
          ),
      },
    ],
    minutes: { create: 0.5, update: 0.2, delete: 0.7 },
    // Without a word AWS answers for metadata to anybody (an account's own default may say otherwise).
    defaults: () => ({
      disableApiStop: false,
      disableApiTermination: false,
      ebsOptimized: false,
      hibernation: false,
      instanceInitiatedShutdownBehavior: "stop",
      monitoring: false,
      sourceDestCheck: true,
      tenancy: "default",
    }),
    refuseCreate: refuse,
    refuseUpdate: refuse,
    outputs: ({ world, inputs }, id) => {
      const address = `10.20.${world.hex(2, "address").replace(/\D/g, "1")}.10`;
      const subnet = world.find(SUBNET, text(inputs, "subnetId") ?? "");
      return {
        arn: regionalArn(world, "ec2", `instance/${id}`),
        availabilityZone: text(subnet?.properties ?? {}, "availabilityZone") ?? "",
        instanceLifecycle: "",
        instanceState: "running",
        ipv6AddressCount: 0,
        ipv6Addresses: [],
        outpostArn: "",
        passwordData: "",
        primaryNetworkInterfaceId: `eni-${world.hex(17, "interface")}`,
        privateDns: `ip-${address.replaceAll(".", "-")}.${world.region}.compute.internal`,
        privateIp: address,
        publicDns: "",
        publicIp: "",
        spotInstanceRequestId: "",
        userDataBase64: "",
      };
    },
  },
];

function refuse({ world, inputs }: Call): void {
  const image = text(inputs, "ami");
  if (image === undefined || !/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(image))
    throw new AwsError("InvalidAMIID.Malformed", `Invalid id: "${image ?? ""}" (expecting "ami-...")`);
  if (text(inputs, "instanceType") === undefined)
    throw new AwsError("MissingParameter", "The request must contain the parameter InstanceType"); // wording not verified
  const subnet = world.find(SUBNET, text(inputs, "subnetId") ?? "");
  for (const id of texts(inputs, "vpcSecurityGroupIds")) {
    const group = world.find(SECURITY_GROUP, id);
    if (subnet !== undefined && text(group?.properties ?? {}, "vpcId") !== text(subnet.properties, "vpcId"))
      throw new AwsError(
        "InvalidParameter",
        `Security group ${id} and subnet ${subnet.id} belong to different networks.`,
      );
  }
}
