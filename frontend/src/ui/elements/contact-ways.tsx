// The ways to reach one person: call, text with the message shown before, or copy.

import { smsHref, telHref } from "../../core/phone";
import type { Value } from "../../core/plan";
import { textOf, waysOf } from "../../core/value";
import { copyText } from "./copy";
import { Button } from "./touch";
import { t } from "./words";

type Verb = "call" | "text";
const VERBS: Verb[] = ["call", "text"];
const NAMED = { call: "way.call", text: "way.text" } as const;
const PLAIN = { call: "way.call-plain", text: "way.text-plain" } as const;

const nameOf = (value: Value): string => (textOf(value, "name") || textOf(value, "text")).trim();

/** A name of a line or more would make a button of a page: there the verb stands alone. */
const LONG_NAME = 24;

const label = (verb: Verb, name: string): string =>
  name ? t(NAMED[verb], { name }) : t(PLAIN[verb]);

/** Each with a link for what it can do; "" where its number cannot be dialled. */
const waysIn = (value: Value) =>
  waysOf(value).map(({ by, number, ...more }) => ({
    call: (["call", "both"].includes(by) && telHref(number)) || "",
    text: (["text", "both"].includes(by) && smsHref(number, textOf(value, "message"))) || "",
    copied: by === "other" ? more.handle : number,
    number,
    ...more,
  }));

/** Says how it went beside the button, politely; it needs no state, so the walk carries no hooks. */
async function copy(button: HTMLElement, words: string) {
  const said = button.nextElementSibling!;
  said.textContent = "";
  said.textContent = t((await copyText(words)) ? "way.copied" : "way.not-copied");
}

/** What is copied is named to whoever does not see it, unless it is the message above. */
const Copy = ({ words, isMessage }: { words: string; isMessage?: boolean }) => (
  <>
    <Button
      class="way way-copy"
      words={isMessage ? "way.copy-message" : "way.copy"}
      aria-label={isMessage ? undefined : t("way.copy-what", { what: words })}
      onClick={(event) => void copy(event.currentTarget, words)}
    />
    <span class="way-said" role="status" />
  </>
);

const Number = ({ children }: { children: string }) => (
  <bdi class="way-number" translate={false}>
    {children}
  </bdi>
);

/** What no phone can dial: the app and the name in it, or a number that is more than a number. */
const Shown = ({ app, words }: Record<"app" | "words", string>) => (
  <p class="way-shown">
    {app && <bdi translate={false}>{app}</bdi>}
    {words && <Number>{words}</Number>}
    {words && <Copy words={words} />}
  </p>
);

/** The walk's and the reading page's: large, each way's number as typed in its first button. */
export function ContactWays({ value }: { value: Value }) {
  const ways = waysIn(value);
  const message = textOf(value, "message");
  const name = nameOf(value).length > LONG_NAME ? "" : nameOf(value);
  return (
    <div class="ways">
      {ways.map((way, index) => (
        <div key={index} class={way.call ? "ways-one ways-callable" : "ways-one"}>
          {VERBS.filter((verb) => way[verb]).map((verb, at) => (
            <a key={verb} class={`way way-${verb}`} href={way[verb]}>
              {label(verb, name)} {at === 0 && <Number>{way.number}</Number>}
            </a>
          ))}
          {!way.call && !way.text && <Shown app={way.app} words={way.handle || way.number} />}
        </div>
      ))}
      {message && (
        <div class="way-message">
          <blockquote translate={false} dir="auto">
            {message}
          </blockquote>
          {!ways.some(({ text }) => text) && <Copy words={message} isMessage />}
        </div>
      )}
    </div>
  );
}

/** One row of the front: the name, its number as typed, and at most Call and Text, or Copy. */
export function ContactRow({ value }: { value: Value }) {
  const name = nameOf(value);
  const ways = waysIn(value);
  const hrefOf = (verb: Verb) => ways.find((way) => way[verb])?.[verb];
  const verbs = VERBS.filter(hrefOf);
  const shown = (ways.find(({ call, text }) => call || text) ?? ways[0])?.copied;
  return (
    <div class="ways-row">
      <span class="ways-who" translate={false}>
        <bdi>{name}</bdi>
        {shown && <bdi class="ways-number">{shown}</bdi>}
      </span>
      {verbs.map((verb) => (
        <a key={verb} class="way" href={hrefOf(verb) ?? ""} aria-label={label(verb, name)}>
          {t(PLAIN[verb])}
        </a>
      ))}
      {verbs.length === 0 && shown && <Copy words={shown} />}
    </div>
  );
}
