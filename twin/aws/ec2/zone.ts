/** Which physical zone a letter means; it differs from account to account, these are examples (provider documentation). */
const ZONES: Readonly<Record<string, { readonly code: string; readonly numbers: readonly number[] }>> = {
  "eu-central-1": { code: "euc1", numbers: [2, 3, 1] },
  "eu-west-1": { code: "euw1", numbers: [1, 2, 3] },
  "us-east-1": { code: "use1", numbers: [6, 1, 2, 4, 3, 5] },
  "us-west-2": { code: "usw2", numbers: [1, 2, 3, 4] },
};

/** A zone's name and id. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The zones of a region in the order of their names; a region not listed has three. */
export function zonesOf(region: string): readonly Zone[] {
  const { code, numbers } = ZONES[region] ?? { code: shortened(region), numbers: [1, 2, 3] };
  return numbers.map((number, index) => ({
    name: `${region}${String.fromCharCode("a".charCodeAt(0) + index)}`,
    id: `${code}-az${number}`,
  }));
}

/** `ap-southeast-2` is `apse2`: AWS's own abbreviation. */
function shortened(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  const compass = direction.replace(/(north|south|east|west|central)/g, (word) => word.slice(0, 1));
  return `${area}${compass}${number}`;
}
