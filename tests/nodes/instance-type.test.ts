import { architecture, INSTANCE_TYPES } from "../../stacks/nodes/instance-type";

it.each(["m7g.large", "c7gn.xlarge", "t4g.medium", "im4gn.large", "is4gen.large", "r8gd.large", "i8ge.large"])(
  "knows %s as Graviton by its name",
  (type) => {
    expect(INSTANCE_TYPES).toContain(type);
    expect(architecture(type)).toBe("arm64");
  },
);

it.each(["m6i.large", "c7i-flex.large", "t3a.medium", "i7ie.large", "r8i.large", "z1d.large"])(
  "knows %s as x86",
  (type) => {
    expect(INSTANCE_TYPES).toContain(type);
    expect(architecture(type)).toBe("x86_64");
  },
);

it.each(["t2.micro", "m4.large", "a1.large", "g5.xlarge", "p5.48xlarge", "inf2.xlarge", "mac2.metal", "u-6tb1.metal"])(
  "offers no %s, which needs an image or settings of its own",
  (type) => {
    expect(INSTANCE_TYPES).not.toContain(type);
  },
);
