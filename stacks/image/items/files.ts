import { atMost, type Item, type Topic } from "./item";

/** Who may read and write the lists of accounts and the scheduled jobs: path, what more than this is refused. */
const FILES: Readonly<Record<string, readonly [most: string, title: string]>> = {
  "/etc/passwd": ["0644", "Only root changes the list of accounts"],
  "/etc/passwd-": ["0644", "Only root changes the copy of the list of accounts"],
  "/etc/group": ["0644", "Only root changes the list of groups"],
  "/etc/group-": ["0644", "Only root changes the copy of the list of groups"],
  "/etc/shadow": ["0640", "Nobody reads the passwords' hashes"],
  "/etc/shadow-": ["0640", "Nobody reads the copy of the passwords' hashes"],
  "/etc/gshadow": ["0640", "Nobody reads the groups' passwords"],
  "/etc/gshadow-": ["0640", "Nobody reads the copy of the groups' passwords"],
  "/etc/crontab": ["0600", "Nobody but root sees or changes what runs when"],
  "/etc/cron.d": ["0700", "Nobody but root adds a job"],
  "/etc/cron.hourly": ["0700", "Nobody but root adds an hourly job"],
  "/etc/cron.daily": ["0700", "Nobody but root adds a daily job"],
  "/etc/cron.weekly": ["0700", "Nobody but root adds a weekly job"],
  "/etc/cron.monthly": ["0700", "Nobody but root adds a monthly job"],
  "/etc/sudoers.d": ["0750", "Nobody but root hands out root's rights"],
};

/** Modes and owners of the files that decide who is who. */
export const files: Topic = {
  name: "files",
  description: "Modes and owners of the files that decide who is who",
  items: Object.entries(FILES).map(([path, [most, title]]) => file(path, most, title)),
};

/** Minimal images lack some of the files, and what is not there cannot be read. */
function file(path: string, most: string, title: string): Item {
  const here = `[ -e "$ROOT${path}" ]`;
  return {
    id: `file-${path
      .replace(/^\/etc\//, "")
      .replace(/-$/, "-copy")
      .replace(/[./]/g, "-")}`,
    title,
    apply: `if ${here}; then
  chown 0 "$ROOT${path}"
  chmod "$(printf '%o' $(( 0$(stat -c %a "$ROOT${path}") & ${most} )))" "$ROOT${path}"
fi`,
    validate: `${here} || exit 0\n${atMost(path, most)}`,
  };
}
