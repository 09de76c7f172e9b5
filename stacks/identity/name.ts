/** The part of a blueprint that names are made of. */
interface Whose {
  readonly account: string;
  readonly cluster: { readonly name: string };
}

/** The name of a role of the cluster, the way key policies know it. */
export function roleName({ cluster }: Pick<Whose, "cluster">, purpose: string): string {
  return `bulwark-${cluster.name}-${purpose}`;
}

/** The break-glass role that this stack makes; `access.breakGlass` names it, or one that exists already. */
export function breakGlassArn(whose: Whose): string {
  return `arn:aws:iam::${whose.account}:role/${roleName(whose, "break-glass")}`;
}

/** Whether a role or user is one of IAM Identity Center, whose second factor AWS cannot see. */
export function ofIdentityCenter(arn: string): boolean {
  return /:role\/aws-reserved\/sso\.amazonaws\.com\//.test(arn);
}
