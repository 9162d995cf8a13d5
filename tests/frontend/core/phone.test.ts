// What a phone is told to dial, out of what people really type.
import { expect, test } from "vitest";
import { smsHref, telHref } from "../../../frontend/src/core/phone";

const DIALLED: [string, string][] = [
  ["555-0117", "5550117"],
  ["(555) 010-0117", "5550100117"],
  ["+1 555.010.0117", "+15550100117"],
  ["tel:+15550100117", "+15550100117"],
  ["+44 (0)20 7946 0018", "+442079460018"],
  ["0(0)20 7946 0018", "002079460018"],
  ["030/1234567", "0301234567"],
  ["988", "988"],
  ["9-8-8", "988"],
  ["116 123", "116123"],
  ["*611", "*611"],
  ["#31#5550117", "%2331%235550117"],
  ["*67 555-0117", "*675550117"],
  ["555\u00a00117", "5550117"],
  ["555\u20110117", "5550117"],
  ["\u202a+1 555 010 0117\u202c", "+15550100117"],
  ["٠١٢٣٤٥٦٧٨٩", "0123456789"],
  ["۰۱۲۳۴۵۶۷۸۹", "0123456789"],
  ["५५५-०११७", "5550117"],
  ["５５５－０１１７", "5550117"],
  ["＋１ 555 010 0117", "+15550100117"],
  ["𝟓𝟓𝟓-𝟎𝟏𝟏𝟕", "5550117"],
];

test.each(DIALLED)("%s dials %s", (typed, dialled) => {
  expect(telHref(typed)).toBe(`tel:${dialled}`);
  expect(smsHref(typed)).toBe(`sms:${dialled}`);
});

test.each([
  ["1-800-FLOWERS", "18003569377"],
  ["1-800-flowers", "18003569377"],
  ["(800) FLOWERS", "8003569377"],
  ["1-800-273-TALK", "18002738255"],
  ["1 800 GO FEDEX", "18004633339"],
  ["555-HELP", "5554357"],
  ["13 YARN", "139276"],
  ["1-800-ABC-DEFG-HIJKLMNOPQRSTUVWXYZ", null],
])("%s is spelled on the keypad as %s", (typed, dialled) => {
  expect(telHref(typed)).toBe(dialled && `tel:${dialled}`);
});

test("every letter lies on the key that a phone prints it on", () => {
  const keys = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((l) => telHref(`1-800-${l}${l}${l}`)!.at(-1));
  expect(keys.join("")).toBe("22233344455566677778889999");
});

test.each([
  ["555-0117 home", "5550117"],
  ["555-0117 mom", "5550117"],
  ["555-0117 MOM", "5550117"],
  ["home: 555-0117", "5550117"],
  ["+1 (555) 010-0117 (home)", "+15550100117"],
  ["apt 4, 555-0117", "5550117"],
  ["Maya 555-0117, Sam 555-0142", "5550117"],
  ["555-0117 or 555-0142", "5550117"],
  ["555-0117 / 555-0142", "5550117"],
  ["<b>555-0117</b>", "5550117"],
  ["911 now", "911"],
])("a note beside a number is not dialled: %s", (typed, dialled) => {
  expect(telHref(typed)).toBe(`tel:${dialled}`);
});

test.each([
  "555-0117 ext 12",
  "555-0117 ext. 12",
  "555-0117x12",
  "555-0117, extension: 12",
  "555-0117;ext=12",
])("an extension waits a moment, and no text is sent to it: %s", (typed) => {
  expect(telHref(typed)).toBe("tel:5550117,12");
  expect(smsHref(typed)).toBe("sms:5550117");
});

test("pauses that were typed are kept", () => {
  expect(telHref("555-0142,,12")).toBe("tel:5550142,,12");
});

test.each([
  "",
  " ",
  "ask Maya",
  "😀",
  "12",
  "Room 12, floor 3",
  "line 2",
  "5".repeat(16),
  "x12",
  "+",
  "#",
  "()",
  "5".repeat(10_000),
  "ext ".repeat(5_000),
])("where no number can be told nothing is dialled: %#", (typed) => {
  expect(telHref(typed)).toBeNull();
  expect(smsHref(typed, "hello")).toBeNull();
});

test("the message travels whole in the body", () => {
  const message = "Can you talk?\nI’m at 100% & #1 💛 مرحبا <b>";
  const href = smsHref("555-0117", message)!;
  expect(href).toMatch(/^sms:5550117\?&body=/);
  expect(new URLSearchParams(href.slice(href.indexOf("?"))).get("body")).toBe(message);
  expect(href).not.toMatch(/[\s#<]/);
});

test("half a letter in a message does not stop the text", () => {
  expect(smsHref("555-0117", "a\ud83d b")).toContain("body=a%EF%BF%BD%20b");
});

test("an address holds nothing but what may be dialled, whatever was typed", () => {
  for (let n = 0; n < 3000; n += 1) {
    const typed = String.fromCharCode(
      ...Array.from({ length: n % 24 }, (_, i) => (n * 131 + i * i * 7) % 400),
    );
    expect(telHref(typed) ?? "tel:988").toMatch(/^tel:\+?[\d*,%]+$/);
  }
});
