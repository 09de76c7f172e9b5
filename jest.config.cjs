// Unit tests run in-process; tests that drive the real engine or a real API server live in tests/engine and tests/apiserver and run after
// them, one at a time.
const shared = {
  testEnvironment: "node",
  testEnvironmentOptions: { globalsCleanup: "off" },
  // What application teams import is this folder, before it is packed.
  moduleNameMapper: { "^bulwark$": "<rootDir>/constructs/index.ts" },
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2023" }, module: { type: "commonjs" } },
    ],
  },
};

module.exports = {
  // A promise is broken by what the code does, never by a machine that is busy; a test that hangs still ends.
  testTimeout: 120_000,
  testSequencer: "<rootDir>/tests/sequencer.cjs",
  // Node keeps what a finished suite had loaded; a process that has grown gives way to a new one.
  workerIdleMemoryLimit: "1GB",
  projects: [
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/tests/**/*.test.ts"],
      testPathIgnorePatterns: ["/tests/engine/", "/tests/apiserver/"],
    },
    {
      ...shared,
      displayName: "engine",
      globalSetup: "<rootDir>/tests/engine/setup.ts",
      testMatch: ["<rootDir>/tests/engine/**/*.test.ts"],
    },
    {
      ...shared,
      displayName: "apiserver",
      globalSetup: "<rootDir>/tests/apiserver/setup.ts",
      globalTeardown: "<rootDir>/tests/apiserver/teardown.ts",
      testMatch: ["<rootDir>/tests/apiserver/**/*.test.ts"],
    },
  ],
};
