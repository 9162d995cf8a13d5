// A plan in memory only: it is shown, never saved, asked about before it is lost, and gone with its page.
import "../ui/browser";
import { beforeEach, expect, test, vi } from "vitest";
import { addItem } from "../../../frontend/src/core/plan-edit";
import { itemsIn } from "../../../frontend/src/core/plan";

const opened = vi.fn();
beforeEach(() => vi.stubGlobal("indexedDB", new Proxy({}, { get: opened })));

const leave = (): boolean => dispatchEvent(new Event("beforeunload", { cancelable: true }));

test("it is kept nowhere, from its first word to the end of its page", async () => {
  const { change, flush, handedOver, opening, plan, role, saved, startInMemory } =
    await import("../../../frontend/src/state/plan");
  startInMemory();
  expect([opening.value, role.value, saved.value]).toEqual(["open", "writer", "nowhere"]);
  expect(leave()).toBe(true);
  const add = (text: string) =>
    change((now, author) => addItem(now, author, "reasons", { text }).plan);
  add("the lake");
  expect(leave()).toBe(false);
  expect(handedOver()).toBe(true);
  expect([saved.value, leave()]).toEqual(["handed", true]);
  add("Biscuit");
  expect([saved.value, leave()]).toEqual(["nowhere", false]);
  await flush();
  expect(itemsIn(plan.value, "reasons")).toHaveLength(2);
  dispatchEvent(new Event("pagehide"));
  expect(plan.value.items).toEqual([]);
  expect(opened).not.toHaveBeenCalled();
});
