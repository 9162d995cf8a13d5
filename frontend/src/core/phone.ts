// What a phone can dial out of a number as a person typed it; null where that cannot be told.

const KEYPAD = "22233344455566677778889999";

/** Digits of any script stand in rows of ten, so a digit is worth its distance from the row's start. */
function latinDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

function plain(typed: string): string {
  const visible = typed.normalize("NFKC").replace(/\p{Cf}/gu, "");
  const digits = visible.replace(/\p{Nd}/gu, latinDigit).replace(/\p{Pd}|\u2212/gu, "-");
  return digits.replace(/\s+/g, " ").trim();
}

const digitsOf = (text: string): string => text.replace(/\D/g, "");

/** "…ext 12", "…x12", "…;ext=12" → the number and its extension. */
function splitExtension(text: string): [string, string] {
  const found = /^(.*\d.*?[\s,;(]|.*\d)(?:ext(?:ension|n)?|x)[\s.:=]*(\d{1,8})\D*$/i.exec(text);
  return found ? [found[1]!.replace(/[\s,;(]+$/, ""), found[2]!] : [text, ""];
}

/** Is the word after these digits spelled on the keypad, or a note such as "home"? */
function isSpelled(head: string, word: string): boolean {
  const digits = digitsOf(head);
  const total = digits.length + word.replace(/[^a-z0-9]/gi, "").length;
  if (digits.length >= 7) return /^1?8\d\d/.test(digits) && (total === 10 || total === 11);
  const isUpper = word === word.toUpperCase();
  const isJoined = !/\s$/.test(head) && !/\s/.test(word);
  return total >= 6 && total <= 15 && digits.length >= 2 && (isUpper || isJoined);
}

/** "1-800-FLOWERS" → 18003569377; null for a number without letters, or with a note beside it. */
function spelled(text: string): string | null {
  const found = /^(\+?\(?\d[\d\s().-]*)([a-z][a-z0-9\s-]*)$/i.exec(text);
  if (!found || !isSpelled(found[1]!, found[2]!)) return null;
  const keys = found[2]!.toUpperCase().replace(/[A-Z]/g, (l) => KEYPAD[l.charCodeAt(0) - 65]!);
  return dialable(found[1]! + keys);
}

/** One written number → what is dialled: "+44 (0)20 …" loses the zero that is only dialled at home. */
function dialable(written: string): string | null {
  const number = written.startsWith("+") ? written.replace(/\(0\)/, "") : written;
  const [first = "", ...others] = number.split("/");
  const isTwoNumbers = digitsOf(first).length >= 7 && digitsOf(others.join("")).length >= 7;
  const keys = (isTwoNumbers ? first : number).replace(/[^\d*#,+]/g, "").replace(/(.)\++/g, "$1");
  const length = keys.split(",")[0]!.replace("+", "").length;
  return length >= 3 && length <= 15 ? keys : null;
}

/** The first full number of a line; a short one only where it stands alone ("988", "*611 now");
 *  "" where there is none. */
function written(text: string): string {
  const runs = text.match(/[+*#]?[ (]*\d(?:[\d\s().*#/-]|,(?=[,\d]))*/g) ?? [];
  const full = runs.find((run) => digitsOf(run).length >= 7);
  const standsAlone = runs.length === 1 && !/\d[-.)]*[a-z]/i.test(text);
  return full ?? (standsAlone ? runs[0]! : "");
}

/** Nobody writes a number longer than this; a whole note is copied, not dialled. */
const LONGEST = 120;

function keysOf(typed: string): string | null {
  if (typed.length > LONGEST) return null;
  const [number, extension] = splitExtension(plain(typed));
  const keys = spelled(number) ?? dialable(written(number).trim());
  return keys && extension ? `${keys},${extension}` : keys;
}

/** → "tel:…", with an extension after a pause; null where nothing can be dialled with certainty. */
export function telHref(typed: string): string | null {
  const keys = keysOf(typed);
  return keys === null ? null : `tel:${keys.replaceAll("#", "%23")}`;
}

/** → "sms:…", without extension; "?&" is read by phones that want "?" and by those that want "&". */
export function smsHref(typed: string, body = ""): string | null {
  const number = keysOf(typed)?.split(",")[0];
  if (!number) return null;
  const words = encodeURIComponent(body.replace(/\p{Surrogate}/gu, "\ufffd"));
  return `sms:${number.replaceAll("#", "%23")}${words && `?&body=${words}`}`;
}
