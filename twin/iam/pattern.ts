/** IAM's wildcards over the whole text: `*` any characters, `?` one. Case counts. */
export function like(pattern: string, text: string): boolean {
  return compile([{ text: pattern, literal: false }]).test(text);
}

/** A piece of a pattern; in a literal one (the value of a policy variable) an asterisk is an asterisk. */
export interface Piece {
  readonly text: string;
  readonly literal: boolean;
}

/** A pattern made of pieces, as an expression over the whole text. */
export function compile(pieces: readonly Piece[]): RegExp {
  return whole(pieces, () => "[^]");
}

/**
 * The same for an ARN: its first five parts are compared one by one, so that a wildcard there stays between two colons
 * (IAM user guide, "Amazon Resource Name (ARN) condition operators").
 */
export function compileArn(pieces: readonly Piece[]): RegExp {
  return whole(pieces, (colons) => (colons < 5 ? "[^:]" : "[^]"));
}

function whole(pieces: readonly Piece[], anything: (colons: number) => string): RegExp {
  let colons = 0;
  let source = "";
  for (const { text, literal } of pieces) {
    for (const character of text) {
      if (!literal && character === "*") source += `${anything(colons)}*`;
      else if (!literal && character === "?") source += anything(colons);
      else source += character.replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
      if (character === ":") colons += 1;
    }
  }
  return new RegExp(`^${source}$`);
}
