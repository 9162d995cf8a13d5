// Who stands on the front: at most three who can be reached, people to tell first, no places.
import "./browser";
import { expect, test, vi } from "vitest";
import { fakeState } from "./a-screen";

const state = vi.hoisted(() => ({ now: {} as Record<string, unknown> }));
vi.mock("../../../frontend/src/state/plan", () => state.now);
Object.assign(state.now, fakeState());
const fake = state.now as unknown as ReturnType<typeof fakeState>;
const { nearest } = await import("../../../frontend/src/ui/front");

const ways = [{ by: "both", number: "555" }];

test("people to tell come first, then people to be with, then professionals", () => {
  fake.put("professional_contacts", { name: "Dr. Okafor", ways });
  fake.put("distractions", { text: "the mall", kind: "place", ways });
  fake.put("distractions", { text: "Grandma", ways });
  fake.put("support_contacts", { name: "nobody can reach", ways: [{ by: "both", number: " " }] });
  fake.put("support_contacts", { name: "Maya", ways });
  const names = () => nearest(fake.plan.value).map(({ value }) => value.name ?? value.text);
  expect(names()).toEqual(["Maya", "Grandma", "Dr. Okafor"]);
  fake.put("support_contacts", { name: "Sam", ways });
  expect(names()).toEqual(["Maya", "Sam", "Grandma"]);
});
