import type { k8s } from "cdk8s-plus-28";
import { familyOf } from "../block";
import { tcp } from "./network";

/** What is no internet among IPv4 addresses: ourselves, neighbours, links, tests and groups (RFC 6890, RFC 1918, RFC 6598). */
const NOT_INTERNET = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/4",
  "240.0.0.0/4",
];

/** All IPv6 addresses that anybody was ever given (RFC 4291 §2.4); local and link-local ones lie outside. */
const GLOBAL_UNICAST = "2000::/3";

/**
 * The rule for HTTPS to the internet and to nothing that is nearer: a name that leads to an inner address leads nowhere.
 *
 * @param own blocks of the network itself that lie among public addresses
 */
export function internet(own: readonly string[]): k8s.NetworkPolicyEgressRule[] {
  const ipv4 = own.filter((each) => familyOf(each) === "ipv4");
  const ipv6 = own.filter((each) => /^[23][0-9a-f]{3}:/i.test(each));
  return [
    {
      to: [
        { ipBlock: { cidr: "0.0.0.0/0", except: [...new Set([...NOT_INTERNET, ...ipv4])] } },
        { ipBlock: { cidr: GLOBAL_UNICAST, ...(ipv6.length > 0 && { except: [...new Set(ipv6)] }) } },
      ],
      ports: [tcp(443)],
    },
  ];
}
