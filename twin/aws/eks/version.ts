/**
 * Kubernetes versions EKS offers, newest last; 1.34 to 1.36 in standard support, the older two in extended support
 * (EKS user guide, "Understand the Kubernetes version lifecycle"; the older two are not verified).
 */
export const OFFERED = ["1.32", "1.33", "1.34", "1.35", "1.36"] as const;

/** The oldest minor version in standard support. */
export const STANDARD = 34;

/** What a cluster gets that asks for nothing (not verified). */
export const DEFAULT_VERSION = "1.36";

/** The minor version as a number: 36 for `1.36`. */
export const minor = (version: string): number => Number(version.split(".")[1]);

/** Whether EKS has this version. */
export const isOffered = (version: string): boolean => OFFERED.some((offered) => offered === version);
