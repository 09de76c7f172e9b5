import tseslint from "typescript-eslint";

/** Who may import whom: one entry a folder, the folders and packages it must not reach. */
const boundaries = {
  stacks: {
    folders: ["policies", "twin", "cli", "tests", "constructs"],
    why: "stacks build; they do not judge, and nothing in them knows the twin",
  },
  policies: {
    folders: ["stacks", "twin", "cli", "tests", "constructs"],
    why: "a check that imports what it checks can never fail",
  },
  twin: {
    folders: ["stacks", "policies", "cli", "tests", "constructs", "facts"],
    why: "the twin is a stand-in for AWS and knows nothing of what runs against it",
  },
  constructs: {
    folders: ["stacks", "policies", "twin", "cli", "tests", "facts"],
    why: "constructs are used in repositories that have neither Pulumi nor an AWS account",
  },
  cli: { folders: ["tests"], why: "tests are not part of the product" },
};

const restrict = ({ folders, why }, packages = []) => [
  "error",
  {
    patterns: [
      { regex: `^(\\.\\./)+(${folders.join("|")})(/|$)`, message: why },
      ...packages.map((name) => ({ regex: `^${name}(/|$)`, allowTypeImports: true, message: why })),
    ],
  },
];

export default tseslint.config(
  { ignores: ["node_modules/", ".bulwark/", "coverage/", "lib/", "**/*.cjs", "**/*.mjs"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  // The shop has settings of its own, for a repository of its own; here `bulwark` is this checkout.
  {
    files: ["examples/**/*.ts"],
    languageOptions: { parserOptions: { projectService: false, project: "./tsconfig.json" } },
  },
  ...Object.entries(boundaries).map(([folder, boundary]) => ({
    files: [`${folder}/**/*.ts`],
    rules: { "@typescript-eslint/no-restricted-imports": restrict(boundary) },
  })),
  // The platform layer installs what the constructs emit, and nothing else of stacks/ knows them.
  {
    files: ["stacks/platform/**/*.ts", "stacks/platform-layer.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": restrict({
        ...boundaries.stacks,
        folders: boundaries.stacks.folders.filter((folder) => folder !== "constructs"),
      }),
    },
  },
  {
    files: ["policies/**/*.ts"],
    ignores: ["policies/pack/**"],
    rules: { "@typescript-eslint/no-restricted-imports": restrict(boundaries.policies, ["@pulumi"]) },
  },
  {
    files: ["constructs/**/*.ts"],
    rules: { "@typescript-eslint/no-restricted-imports": restrict(boundaries.constructs, ["@pulumi", "@aws-sdk"]) },
  },
);
