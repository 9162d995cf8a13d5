// What is asked for in steps: one that takes a moment and may be refused, one that needs two touches.

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { codeOf } from "../../device/database";
import { stretching } from "../../state/account";
import { GrowingText } from "./growing-text";
import { Button } from "./touch";
import { has, t, type Key } from "./words";

export interface StepProps {
  words: Key;
  class?: string;
  /** Labels of what is typed here: it is shown, and no keyboard learns it. */
  fields?: string[];
  /** It can be done again until it resolves; what it rejects with is said in a sentence. */
  take(...typed: string[]): Promise<unknown>;
  /** Said once it resolved. */
  done?: Key;
  children?: ComponentChildren;
}

/** Its fields, its button, and in one place how it goes. */
export function Step({ words, fields = [], take, done, children, ...look }: StepProps) {
  const [typed, type] = useState(fields.map(() => ""));
  const [said, say] = useState<string | null>(""); // null while it is under way
  const begin = async () => {
    if (said === null) return;
    say(null);
    const ended = take(...typed).then(() => (done ? t(done) : ""));
    say(await ended.catch((error: unknown) => why(codeOf(error))));
  };
  return (
    <div class="step">
      {children}
      {fields.map((label, at) => (
        <GrowingText
          id={`${words}-${at}`}
          key={label}
          label={label}
          value={typed[at] ?? ""}
          autocapitalize="off"
          readOnly={false}
          onReturn={() => void begin()}
          onText={(text) => type(typed.map((one, n) => (n === at ? text : one)))}
        />
      ))}
      <Button
        class="button lamp"
        {...{ words, ...look }}
        aria-disabled={said === null}
        onClick={() => void begin()}
      />
      <p role="status">{said ?? t(stretching.value ? "backup.stretching" : "backup.working")}</p>
    </div>
  );
}

/** What came from the server and is not what it says it is. */
const NOT_OURS = /^(truncated|not_an_|suite_|kind_|wrong_|bad_(revision|padding|schema|json|plan))/;

/** One plain sentence for a code of what went wrong. */
export function why(code: string): string {
  const said = (of: string) => `problem.${of}.said` as const;
  const other = NOT_OURS.test(code) ? "not_ours" : "other";
  return t(said(has(said(code)) ? code : other), { code });
}

/** What was asked for stands above the crisis bar, where it can be read. */
export const intoView = (one: HTMLElement | null): void =>
  one?.scrollIntoView?.({ block: "nearest" });

type TwoTouchProps = Record<"first" | "about" | "second", Key> & { back?: Key; onSecond(): void };

/** What cannot be taken back needs two touches: the first says what the second does. */
export function TwoTouch({ first, about, second, back, onSecond }: TwoTouchProps) {
  const [isAsked, ask] = useState(false);
  if (!isAsked) return <Button words={first} onClick={() => ask(true)} />;
  return (
    <div class="asked" ref={intoView}>
      <p tabIndex={-1}>{t(about)}</p>
      <Button class="button outline" words={second} onClick={onSecond} />
      {back && <Button words={back} onClick={() => ask(false)} />}
    </div>
  );
}
