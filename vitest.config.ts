import { defineConfig } from "vitest/config";

const shared = { testTimeout: 120_000, hookTimeout: 120_000 };

// One engine takes half a gigabyte, so the projects that boot one run their files one at a time.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          include: ["{schemas,generators,action,app,site,test,bench,scripts}/**/*.test.ts"],
          exclude: ["**/*.{engine,live,browser}.test.ts", "**/node_modules/**"],
        },
      },
      {
        test: {
          ...shared,
          name: "engine",
          include: ["{schemas,generators,action,app,site,test,bench}/**/*.{engine,live,browser}.test.ts"],
          fileParallelism: false,
        },
      },
    ],
  },
});
