// A step that takes a moment and may be refused: its fields, its button, and in one place how it goes.

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

export function Step({ words, fields = [], take, done, children, ...look }: StepProps) {
  const [typed, type] = useState(fields.map(() => ""));
  const [said, say] = useState("");
  const [isUnderWay, is] = useState(false);
  const begin = async () => {
    if (isUnderWay) return;
    is(true);
    const failed = (error: unknown): string => why(codeOf(error));
    say(await take(...typed).then(() => (done ? t(done) : ""), failed));
    is(false);
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
        aria-disabled={isUnderWay}
        onClick={() => void begin()}
      />
      <p role="status">
        {isUnderWay ? t(stretching.value ? "backup.stretching" : "backup.working") : said}
      </p>
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
