import { type Control, resourceControl } from "../control";
import { bottlerocket, cloudConfig, JOIN, multipart, nodeConfig, plain, TEMPLATE } from "./example";
import { at } from "./at";
import { readUserData } from "./read";

/** The forms of credentials that are known by sight; an entry in capitals is an AWS access key. */
const CREDENTIALS = [
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bxox[abpr]-[A-Za-z0-9-]{10,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
  /\b(password|passwd|secret[_-]?(access[_-]?)?key|api[_-]?key|token)\s*[:=]\s*["']?[^\s"']{8,}/i,
];

const ROUTES = ["send_redirects", "accept_redirects", "secure_redirects"];
const bootstrap = { "bootstrap-containers": { filter: { source: "registry.example/filter:latest", mode: "always" } } };

/** What user data says about the system around the kubelet. */
export const system: readonly Control[] = [
  resourceControl({
    id: "user-data-no-secrets",
    title: "User data holds no credential",
    severity: "critical",
    why: "everybody who may describe a launch template reads its user data, and so does every pod that reaches the metadata",
    fix: "give the node's role what it needs, and let pods fetch secrets under their own",
    refs: {
      catalogue: "EKS-NODE-9",
      checkov: ["CKV_AWS_46"],
      trivy: ["AWS-0029", "AWS-0129"],
    },
    resource: TEMPLATE,
    *check({ userData }) {
      const text = Buffer.from(userData ?? "", "base64").toString("utf8");
      if (CREDENTIALS.some((form) => form.test(text)))
        yield { path: "userData", message: "the user data holds what looks like a credential" };
    },
    good: [{}, bottlerocket({ kubernetes: { "event-qps": 50 } }), nodeConfig({ serverTLSBootstrap: true })],
    bad: [
      plain("#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n"),
      plain("-----BEGIN RSA PRIVATE KEY-----\n"),
      plain('registry_password = "correct horse"\npassword = "battery-staple"\n'),
      multipart("text/x-shellscript", "curl -H 'token: 0123456789abcdef' https://registry.example"),
    ],
  }),

  resourceControl({
    id: "user-data-settings-only",
    title: "Nodes are told settings, not scripts",
    severity: "high",
    why: "a script runs as root before anything watches, and can undo every setting beside it",
    fix: "say it in Bottlerocket's settings, in a NodeConfig or in a file that Ubuntu's kubelet reads, or build it into an image",
    refs: {},
    resource: TEMPLATE,
    *check({ userData }) {
      const read = readUserData(userData);
      if (read.kind === "other") yield { path: "userData", message: "the user data is a script" };
      else if (read.kind === "node-config" && read.others.length > 0)
        yield { path: "userData", message: `the user data holds ${read.others.join(", ")}` };
      else if (read.kind === "cloud-config" && read.config.others.length > 0)
        yield { path: "userData", message: `the user data also does this: ${read.config.others.join("; ")}` };
      else if (read.kind === "bottlerocket" && at(read.settings, "bootstrap-containers") !== undefined)
        yield { path: "userData", message: "a bootstrap container runs as root before the node starts" };
    },
    good: [bottlerocket({ kubernetes: {} }), nodeConfig({}), cloudConfig({})],
    bad: [
      plain("#!/bin/bash\n/etc/eks/bootstrap.sh production\n"),
      multipart("text/x-shellscript", "#!/bin/bash\niptables -P INPUT DROP"),
      bottlerocket(bootstrap),
      cloudConfig({}, ["curl -s https://example.com/agent | bash"]),
      cloudConfig({}, ["/etc/eks/bootstrap.sh 'production'; reboot"]),
      cloudConfig({}, JOIN, { bootcmd: ["ufw disable"] }),
    ],
  }),

  resourceControl({
    id: "user-data-host-containers",
    title: "Bottlerocket's root shell stays off",
    severity: "high",
    why: "the admin container is root on the node, and with it every secret of every pod there",
    fix: "leave `settings.host-containers.admin.enabled` out or false",
    refs: {},
    resource: TEMPLATE,
    *check({ userData }) {
      const read = readUserData(userData);
      if (read.kind === "bottlerocket" && at(read.settings, "host-containers", "admin", "enabled") === true)
        yield { path: "userData", message: "the admin container runs" };
    },
    good: [bottlerocket({ "host-containers": { admin: { enabled: false } } }), bottlerocket({ kubernetes: {} })],
    bad: [bottlerocket({ "host-containers": { admin: { enabled: true } } })],
  }),

  resourceControl({
    id: "user-data-kernel-lockdown",
    title: "The kernel refuses to be changed while it runs, and can still be watched",
    severity: "medium",
    why: "without lockdown root writes into the kernel; with confidentiality no sensor sees what root does",
    fix: 'set `settings.kernel.lockdown = "integrity"`, or leave it out',
    refs: {},
    resource: TEMPLATE,
    *check({ userData }) {
      const read = readUserData(userData);
      if (read.kind !== "bottlerocket") return;
      const lockdown = at(read.settings, "kernel", "lockdown") ?? "integrity";
      if (lockdown !== "integrity")
        yield { path: "userData", message: `the kernel's lockdown is ${JSON.stringify(lockdown)}` };
    },
    good: [bottlerocket({ kernel: { lockdown: "integrity" } }), bottlerocket({ kubernetes: {} })],
    bad: [bottlerocket({ kernel: { lockdown: "none" } }), bottlerocket({ kernel: { lockdown: "confidentiality" } })],
  }),

  resourceControl({
    id: "user-data-kernel-modules",
    title: "Kernel modules that nodes never need are not turned on",
    severity: "low",
    why: "rare file systems and protocols are where kernels break, and a pod can ask for them",
    fix: "leave `settings.kernel.modules.udf.allowed` and `sctp` out or false",
    refs: {},
    resource: TEMPLATE,
    *check({ userData }) {
      const read = readUserData(userData);
      for (const name of ["udf", "sctp"])
        if (read.kind === "bottlerocket" && at(read.settings, "kernel", "modules", name, "allowed") === true)
          yield { path: "userData", message: `the kernel module ${name} is allowed` };
    },
    good: [bottlerocket({ kernel: { modules: { udf: { allowed: false } } } }), bottlerocket({ kubernetes: {} })],
    bad: [
      bottlerocket({ kernel: { modules: { udf: { allowed: true } } } }),
      bottlerocket({ kernel: { modules: { sctp: { allowed: true } } } }),
    ],
  }),

  resourceControl({
    id: "user-data-kernel-routes",
    title: "Nobody on the network tells a node where to send its packets",
    severity: "low",
    why: "a redirect that is believed puts its sender between the node and everything the node talks to",
    fix: "set no `accept_redirects`, `secure_redirects` or `send_redirects` to 1 in `settings.kernel.sysctl`",
    refs: {},
    resource: TEMPLATE,
    *check({ userData }) {
      const read = readUserData(userData);
      const ours = read.kind === "cloud-config" ? read.config.sysctls : undefined;
      const settings = read.kind === "bottlerocket" ? at(read.settings, "kernel", "sysctl") : ours;
      for (const [name, value] of Object.entries(settings ?? {}))
        if (ROUTES.some((route) => name.endsWith(`.${route}`)) && String(value) !== "0")
          yield { path: "userData", message: `${name} is ${String(value)}` };
    },
    good: [
      bottlerocket({ kernel: { sysctl: { "net.ipv4.conf.all.accept_redirects": "0" } } }),
      bottlerocket({ kubernetes: {} }),
    ],
    bad: [
      bottlerocket({ kernel: { sysctl: { "net.ipv4.conf.all.accept_redirects": "1" } } }),
      bottlerocket({ kernel: { sysctl: { "net.ipv6.conf.default.accept_redirects": "1" } } }),
    ],
  }),
];
