import { refusals } from "./refusals";
import { Scene } from "./scene";

it.each(refusals)("refuses a program that $does", async ({ by, says }) => {
  const scene = await Scene.begin();
  await expect(by(scene)).rejects.toThrow(says);
});

it("gives a different answer to every one of them", () => {
  expect(new Set(refusals.map(({ says }) => String(says))).size).toBe(refusals.length);
});
