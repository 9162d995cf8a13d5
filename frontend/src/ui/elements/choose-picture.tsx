// The button that asks for a picture, and one sentence on how that went.

import { useState } from "preact/hooks";
import { t, type Key } from "./words";

interface Props {
  id: string;
  words: string;
  /** What to say when it is done, if anything; a file that is no picture rejects. */
  onFile(file: File): Promise<Key | void>;
}

export function ChoosePicture({ id, words, onFile }: Props) {
  const [said, say] = useState<Key | "">("");
  const take = async (file: File) => {
    say("photo.working");
    try {
      say((await onFile(file)) ?? "");
    } catch {
      say("photo.not_a_picture");
    }
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
        onChange={(event) => chosen(event.currentTarget, take)}
      />
      <p class="hint" role="status">
        {said && t(said)}
      </p>
    </>
  );
}

/** Emptied afterwards, so that the same file can be chosen again. */
function chosen(input: HTMLInputElement, take: (file: File) => Promise<void>): void {
  const file = input.files?.[0];
  if (file) void take(file).finally(() => (input.value = ""));
}
