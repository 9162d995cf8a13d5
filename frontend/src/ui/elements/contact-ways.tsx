// The ways to reach one person: call, text with the message shown before, or copy.

import { smsHref, telHref } from "../../core/phone";
import type { Value } from "../../core/plan";
import { textOf, waysOf, type Way } from "../../core/value";
import { copyText } from "./copy";
import { t } from "./words";

interface Props {
  value: Value;
}

const nameOf = (value: Value): string => (textOf(value, "name") || textOf(value, "text")).trim();

/** A name of a line or more would make a button of a page: there the verb stands alone. */
const LONG_NAME = 24;

const callLabel = (name: string) => (name ? t("way.call", { name }) : t("way.call-plain"));
const textLabel = (name: string) => (name ? t("way.text", { name }) : t("way.text-plain"));

/** A link for each thing that one way can do; none where its number cannot be dialled. */
function hrefs(way: Way, message: string): { call: string | null; text: string | null } {
  const number = way.by === "other" ? "" : way.number;
  return {
    call: way.by === "text" ? null : telHref(number),
    text: way.by === "call" ? null : smsHref(number, message),
  };
}

/** Says how it went beside the button, politely; it needs no state, so the walk carries no hooks. */
async function copy(button: HTMLElement, words: string) {
  const said = button.nextElementSibling!;
  said.textContent = "";
  said.textContent = t((await copyText(words)) ? "way.copied" : "way.not-copied");
}

/** What is copied is named to whoever does not see it, unless it is the message above. */
const Copy = ({ words, isMessage }: { words: string; isMessage?: boolean }) => (
  <>
    <button
      type="button"
      class="way way-copy"
      aria-label={isMessage ? undefined : t("way.copy-what", { what: words })}
      onClick={(event) => void copy(event.currentTarget, words)}
    >
      {t(isMessage ? "way.copy-message" : "way.copy")}
    </button>
    <span class="way-said" role="status" />
  </>
);

const Number = ({ children }: { children: string }) => (
  <bdi class="way-number" translate={false}>
    {children}
  </bdi>
);

/** What no phone can dial: the app and the name in it, or a number that is more than a number. */
function Shown({ way }: { way: Way }) {
  const words = way.handle || way.number;
  return (
    <p class="way-shown">
      {way.app && <bdi translate={false}>{way.app}</bdi>}
      {words && <Number>{words}</Number>}
      {words && <Copy words={words} />}
    </p>
  );
}

/** The number stands in the first of the way's buttons, as typed. */
function BigWay({ way, name, message }: { way: Way; name: string; message: string }) {
  const { call, text } = hrefs(way, message);
  return (
    <div class={call ? "ways-one ways-callable" : "ways-one"}>
      {call && (
        <a class="way way-call" href={call}>
          {callLabel(name)} <Number>{way.number}</Number>
        </a>
      )}
      {text && (
        <a class="way way-text" href={text}>
          {textLabel(name)} {!call && <Number>{way.number}</Number>}
        </a>
      )}
      {!call && !text && <Shown way={way} />}
    </div>
  );
}

/** The walk's and the reading page's: large, each way with its number as typed. */
export function ContactWays({ value }: Props) {
  const ways = waysOf(value);
  const message = textOf(value, "message");
  const isSent = ways.some((way) => hrefs(way, message).text !== null);
  const name = nameOf(value).length > LONG_NAME ? "" : nameOf(value);
  return (
    <div class="ways">
      {ways.map((way, index) => (
        <BigWay key={index} {...{ way, name, message }} />
      ))}
      {message && (
        <div class="way-message">
          <blockquote translate={false} dir="auto">
            {message}
          </blockquote>
          {!isSent && <Copy words={message} isMessage />}
        </div>
      )}
    </div>
  );
}

/** One row of the front: the name, its number as typed, and at most Call and Text, or Copy. */
export function ContactRow({ value }: Props) {
  const name = nameOf(value);
  const message = textOf(value, "message");
  const ways = waysOf(value);
  const all = ways.map((way) => hrefs(way, message));
  const call = all.find((one) => one.call)?.call;
  const text = all.find((one) => one.text)?.text;
  const first = ways.find((_, index) => all[index]!.call ?? all[index]!.text) ?? ways[0];
  const shown = first && (first.by === "other" ? first.handle : first.number);
  return (
    <div class="ways-row">
      <span class="ways-who" translate={false}>
        <bdi>{name}</bdi>
        {shown && <bdi class="ways-number">{shown}</bdi>}
      </span>
      {call && (
        <a class="way" href={call} aria-label={callLabel(name)}>
          {t("way.call-plain")}
        </a>
      )}
      {text && (
        <a class="way" href={text} aria-label={textLabel(name)}>
          {t("way.text-plain")}
        </a>
      )}
      {!call && !text && shown && <Copy words={shown} />}
    </div>
  );
}
