import { ACCOUNT, REGION } from "../layers/blueprints";

/** A reviewed commit. */
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";
/** An image by digest. */
export const IMAGE = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/bulwark/runner@sha256:${"0".repeat(64)}`;
/** The pipeline's role. */
export const PIPELINE = `arn:aws:iam::${ACCOUNT}:role/platform-pipeline`;
/** The least that a blueprint says of a runner. */
export const runner = { image: IMAGE, commit: COMMIT, pipeline: PIPELINE };
