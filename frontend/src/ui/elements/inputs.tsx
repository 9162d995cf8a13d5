// What is set and not written: a mark, a day of the calendar, a picture.

import { useState } from "preact/hooks";
import { role } from "../../state/plan";
import { t, type Key } from "./words";

type FlagProps = { words: string; class?: string; isSet: boolean; onSet(isSet: boolean): void };

/** A mark with its words beside it; a tab that only follows cannot set it. */
export const Flag = ({ words, class: look = "flag", isSet, onSet }: FlagProps) => (
  <label class={look}>
    <input
      type="checkbox"
      autocomplete="off"
      checked={isSet}
      disabled={role.value === "follower"}
      onChange={(event) => onSet(event.currentTarget.checked)}
    />
    <span>{words}</span>
  </label>
);

type DayProps = Record<"id" | "day", string> & { onDay(day: string): void };

/** As 2026-11-22, chosen in the browser's own way. */
export const DayInput = ({ id, day, onDay }: DayProps) => (
  <input
    type="date"
    id={id}
    autocomplete="off"
    value={day}
    readOnly={role.value === "follower"}
    onChange={(event) => onDay(event.currentTarget.value)}
  />
);

interface PictureProps extends Record<"id" | "words", string> {
  /** What to say when it is done, if anything; a file that is no picture rejects. */
  onFile(file: File): Promise<Key | void>;
}

/** The button that asks for a picture, and one sentence on how that went. */
export function ChoosePicture({ id, words, onFile }: PictureProps) {
  const [said, say] = useState<Key | void>();
  const take = async (input: HTMLInputElement) => {
    if (!input.files?.[0]) return;
    say("photo.working");
    say(await onFile(input.files[0]).catch((): Key => "photo.not_a_picture"));
    input.value = ""; // so that the same file can be chosen again
  };
  return (
    <>
      <label class="button" for={id}>
        {words}
      </label>
      <input
        type="file"
        id={id}
        class="unseen"
        accept="image/*"
        autocomplete="off"
        onChange={(event) => void take(event.currentTarget)}
      />
      <p class="hint" role="status">
        {said ? t(said) : ""}
      </p>
    </>
  );
}
