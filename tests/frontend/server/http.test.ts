// What the server is asked for: JSON, without cookies, and one code for every way that it fails.
import { afterEach, expect, test, vi } from "vitest";
import { getJson } from "../../../frontend/src/server/http";

afterEach(() => vi.unstubAllGlobals());

const answer = (body: string, status = 200) => {
  const asked = vi.fn(async () => new Response(body, { status }));
  vi.stubGlobal("fetch", asked);
  return asked;
};

test("what comes is read as JSON, and nothing about the person goes along", async () => {
  const asked = answer('{"a":[1]}');
  expect(await getJson("/assets/a.json")).toEqual({ a: [1] });
  expect(asked).toHaveBeenCalledExactlyOnceWith("/assets/a.json", { credentials: "omit" });
});

test.each([
  ["an answer that is no success", () => answer("{}", 503)],
  ["an answer that was cut off", () => answer('{"a":')],
  ["no network", () => vi.stubGlobal("fetch", () => Promise.reject(new TypeError()))],
])("%s is told by one code", async (_, make) => {
  make();
  await expect(getJson("/assets/a.json")).rejects.toMatchObject({ code: "not_loaded" });
});
